import * as generated from '../../../imports/signatures.json';

/** Types by name. The name of an optional one ends with `?`, that of a rest parameter begins with `...`. */
export interface Types {
  readonly [name: string]: string;
}

/** What is public in this package, with the types as TypeScript writes them. */
export interface Signatures {
  /** Parameters by call: `new System`, `Backups.to`, `Peer#allowFrom`. */
  readonly calls: { readonly [call: string]: Types };
  /** Props of interfaces of data, including those of their bases. */
  readonly props: { readonly [name: string]: Types };
  /** Examples of props that are text, by interface. */
  readonly examples: { readonly [name: string]: { readonly [prop: string]: string } };
  /** Members of enums with their values. */
  readonly enums: { readonly [name: string]: { readonly [member: string]: string | number } };
  /** Classes, each with the expressions that return an instance. */
  readonly classes: { readonly [name: string]: readonly string[] };
  /** Interfaces of objects: their members, and expressions that return one. */
  readonly interfaces: { readonly [name: string]: { readonly members: Types; readonly ways: readonly string[] } };
}

/** The signatures that `npm run build` has read from the declarations of the package. */
export const SIGNATURES = generated as unknown as Signatures;
