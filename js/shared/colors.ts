/**
 * Returns how light a computed color is, from 0 (black) to 1 (white); undefined if it is
 * more transparent than opaque. Browsers compute colors to `rgb()`, or to a function
 * whose first number is (or, for grays, is close to) the lightness, such as `oklch()`.
 */
export function lightness(color: string): number | undefined {
  // The separator excludes digits in a color space, as in `color(display-p3 1 0 0)`.
  const numbers = [...color.matchAll(/[ (]([\d.]+)/g)].map(([, digits]) =>
    Number(digits),
  );
  const [first = 0, green = 0, blue = 0, alpha = 1] = numbers;
  if (alpha < 0.5) return undefined;
  if (color[0] === "r") return (3 * first + 6 * green + blue) / 2550;
  return first > 1 ? first / 100 : first;
}
