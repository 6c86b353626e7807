/**
 * How many people a system serves.
 *
 * The size sets the requests and limits of all parts. A small system requests only what it needs when idle, and may
 * use more memory up to its limit.
 *
 * @see https://ems-docs.element.io/books/element-server-suite-documentation-lts-2410/page/requirements-and-recommendations
 */
export enum SystemSize {
  /** Up to 500 people. */
  SMALL = 'small',
  /** Up to 2,500 people. */
  MEDIUM = 'medium',
  /** Up to 10,000 people. */
  LARGE = 'large',
}
