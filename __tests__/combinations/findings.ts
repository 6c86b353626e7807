/** A finding of a tool. */
export interface Finding {
  readonly tool: string;
  /** The tool's name of the check. */
  readonly check: string;
  readonly message: string;
  readonly system: string;
  /** `Deployment matrix-synapse` */
  readonly object: string;
  /** Part of a system, with the container where the tool names one: `homeserver/synapse`. */
  readonly place: string;
}

/** A correct finding that is accepted for a reason. */
export interface Suppression {
  readonly tool: string;
  readonly check: string;
  /** One of several messages of the check. @default - all of them */
  readonly message?: string;
  /** Parts, or containers of parts. Each must have the finding. @default - everywhere */
  readonly places?: readonly string[];
  readonly reason: string;
}

/** Whether a suppression applies to a finding. */
export function isAbout({ tool, check, message, places }: Suppression, finding: Finding): boolean {
  return (
    tool === finding.tool &&
    check === finding.check &&
    (message === undefined || message === finding.message) &&
    (places === undefined || places.some((place) => isIn(place, finding)))
  );
}

/** Findings without a suppression, each kind once. */
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

/** Places in which a suppression is not needed. */
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
