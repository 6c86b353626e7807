import { existsSync, readFileSync } from 'node:fs';
import { join, normalize, relative } from 'node:path';

/** A name where it is declared: a file without its ending, or the module of a package. */
interface Origin {
  readonly module: string;
  readonly name: string;
}

/** A file of declarations, by its statements. */
interface Declarations {
  /** Names from elsewhere, by the name that they have here. */
  readonly imports: Map<string, Origin>;
  /** Names that are passed on from elsewhere. */
  readonly passed: Map<string, Origin>;
  /** Files of which everything is passed on. */
  readonly all: string[];
  /** What is declared here, without comments and private members. */
  readonly own: Map<string, string>;
}

/** The declarations that TypeScript has written for a package, read as text. */
export class PublicDeclarations {
  private readonly files = new Map<string, Declarations>();

  /**
   * @param root folder of the declarations.
   * @param index the file that says what is public, without its ending.
   */
  constructor(
    private readonly root: string,
    private readonly index: string,
  ) {}

  /** Names that a user of the package can import, and where each is declared. */
  public exported(): Map<string, Origin> {
    return new Map(this.exportsOf(this.index).map((name) => [name, this.originOf({ module: this.index, name })]));
  }

  /** The names that public declarations use, by the declaration that uses them. */
  public used(): { readonly by: string; readonly origin: Origin }[] {
    return [...this.exported().values()].flatMap(({ module, name }) => {
      if (!this.isFile(module)) {
        return [];
      }
      const { imports, own } = this.read(module);
      const words = new Set(own.get(name)?.match(/[A-Za-z_$][\w$]*/g));
      return [...words].flatMap((word) => {
        const origin = imports.get(word) ?? (own.has(word) ? { module, name: word } : undefined);
        return origin && word !== name ? [{ by: name, origin: this.originOf(origin) }] : [];
      });
    });
  }

  private originOf({ module, name }: Origin): Origin {
    if (!this.isFile(module)) {
      return { module, name };
    }
    const { passed, all } = this.read(module);
    const next = passed.get(name) ?? all.map((file) => ({ module: file, name })).find((one) => this.exports(one));
    return next ? this.originOf(next) : { module, name };
  }

  private exports({ module, name }: Origin): boolean {
    return this.exportsOf(module).includes(name);
  }

  private exportsOf(module: string): string[] {
    const { passed, all, own } = this.read(module);
    return [...passed.keys(), ...own.keys(), ...all.flatMap((file) => this.exportsOf(file))];
  }

  private isFile(module: string): boolean {
    return existsSync(join(this.root, `${module}.d.ts`));
  }

  private read(module: string): Declarations {
    const known = this.files.get(module) ?? this.parsed(module);
    this.files.set(module, known);
    return known;
  }

  private parsed(module: string): Declarations {
    const result: Declarations = { imports: new Map(), passed: new Map(), all: [], own: new Map() };
    const text = readFileSync(join(this.root, `${module}.d.ts`), 'utf8')
      .replace(/\/\*.*?\*\/|^\s*\/\/[^\n]*/gms, '')
      .replace(/^ +private .*;$/gm, '');
    for (const statement of text.split(/^(?=[a-z])/m)) {
      const [, keyword, names, from] = /^(import|export)\s(.*?)\sfrom '([^']+)'/s.exec(statement) ?? [];
      const [, declared] =
        /^(?:export )?(?:declare )?(?:abstract )?(?:class|interface|type|enum|const|function) (\w+)/.exec(statement) ??
        [];
      if (from !== undefined && /^(type )?\*$/.test(names)) {
        result.all.push(this.resolved(module, from));
      } else if (from !== undefined) {
        const target = keyword === 'import' ? result.imports : result.passed;
        for (const [here, there] of pairsOf(names)) {
          target.set(here, { module: this.resolved(module, from), name: there });
        }
      } else if (declared) {
        result.own.set(declared, statement);
      }
    }
    return result;
  }

  /** As a path from the root, where it is a file; a folder stands for its index. */
  private resolved(module: string, from: string): string {
    if (!from.startsWith('.')) {
      return from;
    }
    const path = relative('.', normalize(join(module, '..', from)));
    return this.isFile(path) ? path : join(path, 'index');
  }
}

/** `type { A, type B as C }`: what each is called here, and there. */
function pairsOf(names: string): [string, string][] {
  const [, list] = /\{(.*)\}/s.exec(names) ?? [];
  if (list === undefined) {
    const name = names.replace(/^\* as /, '');
    return [[name, name]];
  }
  return list
    .split(',')
    .map((one) => one.trim().replace(/^type /, ''))
    .filter(Boolean)
    .map((one) => {
      const [there, here = there] = one.split(' as ');
      return [here, there];
    });
}
