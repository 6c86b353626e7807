/** Something that a tool does not like. */
export interface Finding {
  readonly tool: string;
  /** The tool's own name for it. */
  readonly check: string;
  readonly message: string;
  readonly system: string;
  /** `Deployment matrix-synapse` */
  readonly object: string;
  /** Which part of a system, and the container where the tool names one: `homeserver/synapse`. */
  readonly place: string;
}

/** A finding that is right, and left as it is all the same. */
export interface Suppression {
  readonly tool: string;
  readonly check: string;
  /** Where the check says several things: which. @default - all of them */
  readonly message?: string;
  /** Parts, or single containers of them. Each must have the finding. @default - everywhere */
  readonly places?: readonly string[];
  readonly reason: string;
}

/** Whether it is about this finding. */
export function isAbout({ tool, check, message, places }: Suppression, finding: Finding): boolean {
  return (
    tool === finding.tool &&
    check === finding.check &&
    (message === undefined || message === finding.message) &&
    (places === undefined || places.some((place) => isIn(place, finding)))
  );
}

/** What no suppression is about, each kind once. */
export function unsuppressed(findings: Finding[], suppressions: readonly Suppression[]): string[] {
  const left = new Map<string, Finding[]>();
  for (const finding of findings.filter((one) => !suppressions.some((two) => isAbout(two, one)))) {
    const text = `${finding.tool} ${finding.check}: ${finding.message}: ${finding.place}`;
    left.set(text, [...(left.get(text) ?? []), finding]);
  }
  return [...left].map(
    ([text, all]) => `${text}, ${all.length} times, such as ${all[0].object} in ${all[0].system}.yaml`,
  );
}

/** Where a suppression has nothing to suppress. */
export function needless(suppression: Suppression, findings: Finding[]): string[] {
  const found = findings.filter((finding) => isAbout(suppression, finding));
  return (
    suppression.places?.filter((place) => !found.some((finding) => isIn(place, finding))) ??
    (found.length > 0 ? [] : ['everywhere'])
  );
}

function isIn(place: string, finding: Finding): boolean {
  return finding.place === place || finding.place.startsWith(`${place}/`);
}
