/**
 * How many people a system is for. A small one asks for what an idle system needs, and may grow to its memory limit.
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
