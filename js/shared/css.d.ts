/** A style sheet is imported as a string; the build minifies it. */
declare module "*.css" {
  const text: string;
  export default text;
}
