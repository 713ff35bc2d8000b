/**
 * Return black or white, whichever can be read on a background.
 *
 * `background` is a computed color: `rgb(…)` with three numbers from 0 to 255. White is
 * preferred as long as its contrast is 4.5 or more, the minimum of WCAG 2 at level AA.
 */
export function textColorOn(background: string): "#fff" | "#000" {
  const [red, green, blue] = (background.match(/[\d.]+/g) ?? []).map((part) => {
    const share = Number(part) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return luminance <= 0.183 ? "#fff" : "#000";
}
