/**
 * Return a text color for a background, which is a computed color such as
 * `rgb(39, 87, 216)`.
 *
 * It is white if its contrast is at least 4.5, the minimum of WCAG 2 at level AA, and
 * otherwise black, whose contrast is then higher.
 */
export function textColorOn(background: string): "#fff" | "#000" {
  const [red, green, blue] = (background.match(/[\d.]+/g) ?? []).map((part) => {
    const share = Number(part) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return luminance <= 0.183 ? "#fff" : "#000";
}
