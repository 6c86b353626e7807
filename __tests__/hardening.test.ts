import { containersOf, find, type Manifest, workloadsOf } from './support/manifests';
import { manifestsOf, SYSTEMS } from './support/systems';

const POD_LABELS = [
  'app',
  ...['name', 'instance', 'component', 'part-of', 'managed-by'].map((key) => `app.kubernetes.io/${key}`),
];

describe.each(Object.keys(SYSTEMS))('%s', (system) => {
  const manifests = manifestsOf(system);
  const workloads = workloadsOf(manifests);

  describe.each(workloads.map(({ key, ...rest }) => [key, rest] as const))(
    '%s',
    (_, { manifest, template, replicas }) => {
      const { spec, metadata } = template;

      it('meets PodSecurity restricted, on a read-only root file system', () => {
        expect(spec.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
        expect(spec.hostNetwork ?? spec.hostPID ?? spec.hostIPC ?? false).toBe(false);
        expect((spec.volumes ?? []).some(({ hostPath }: Manifest) => hostPath)).toBe(false);
        for (const { name, securityContext, ports = [] } of containersOf(template)) {
          const { runAsUser, runAsGroup, ...rest } = securityContext;
          expect(rest).toEqual({
            allowPrivilegeEscalation: false,
            readOnlyRootFilesystem: true,
            // The program of coturn cannot be started without; `restricted` allows this one.
            capabilities: { drop: ['ALL'], ...(name === 'coturn' ? { add: ['NET_BIND_SERVICE'] } : {}) },
          });
          expect(runAsUser ?? spec.securityContext.runAsUser).toBeGreaterThan(0);
          expect(ports.some(({ hostPort }: Manifest) => hostPort)).toBe(false);
        }
      });

      it('has requests, and limits for memory and disk', () => {
        for (const { resources } of containersOf(template)) {
          expect(resources).toEqual({
            requests: { cpu: expect.any(String), memory: expect.any(String), 'ephemeral-storage': expect.any(String) },
            // CPU is limited only on request.
            limits: {
              ...(system === 'everything' ? { cpu: expect.any(String) } : {}),
              memory: expect.any(String),
              'ephemeral-storage': expect.any(String),
            },
          });
        }
      });

      it('limits its scratch space', () => {
        for (const { emptyDir } of (spec.volumes ?? []).filter((volume: Manifest) => volume.emptyDir)) {
          expect(emptyDir.sizeLimit).toMatch(/^\d+[MG]i$/);
        }
      });

      it('has a token only when a Role grants rights', () => {
        expect(spec.automountServiceAccountToken).toBe(false);
        expect((spec.volumes ?? []).some(({ name }: Manifest) => name === 'account-token')).toBe(
          spec.serviceAccountName !== undefined,
        );
        if (spec.serviceAccountName) {
          const { roleRef, subjects } = find(manifests, 'RoleBinding', spec.serviceAccountName);
          expect(subjects).toEqual([{ kind: 'ServiceAccount', name: spec.serviceAccountName, namespace: 'caritas' }]);
          const verbs = find(manifests, roleRef.kind, roleRef.name).rules.flatMap((rule: Manifest) => rule.verbs);
          expect(verbs).not.toContain('*');
        }
      });

      it('has all labels, and matches its own selector', () => {
        const more = Object.keys(SYSTEMS[system].pods?.labels ?? {});
        expect(Object.keys(metadata.labels).sort()).toEqual([...POD_LABELS, ...more].sort());
        expect(metadata.labels).toMatchObject(manifest.spec.selector?.matchLabels ?? {});
      });

      it('reads secrets only by reference', () => {
        const literals = containersOf(template).flatMap(({ env = [] }) => env.filter((one: Manifest) => one.value));
        const named = literals.filter(({ name }) => /PASS|SECRET|TOKEN|KEY|CREDENTIAL/.test(name));
        // Paths of secret files, and what Kubernetes expands from another variable, are allowed.
        const allowed = (name: string, value: string) =>
          /_FILE$/.test(name) ? value.startsWith('/') : /\$\(\w+\)/.test(value);
        expect(named.filter(({ name, value }) => !allowed(name, value))).toEqual([]);
        const texts = containersOf(template).flatMap(({ command = [], args = [] }) => [...command, ...args]);
        expect(texts.filter((text) => /password|token=|secret=/i.test(text))).toEqual([]);
      });

      it('has a PodDisruptionBudget only with several pods', () => {
        const budgets = manifests.filter(
          ({ kind, spec }) => kind === 'PodDisruptionBudget' && spec.selector.matchLabels.app === metadata.labels.app,
        );
        const scaled = manifests.find(
          (one) => one.kind === 'HorizontalPodAutoscaler' && one.metadata.labels.app === metadata.labels.app,
        );
        expect(budgets).toHaveLength((scaled?.spec.minReplicas ?? replicas) > 1 ? 1 : 0);
      });

      it('has exactly one NetworkPolicy, which covers both directions', () => {
        const policies = manifests.filter(
          ({ kind, spec }) => kind === 'NetworkPolicy' && spec.podSelector.matchLabels.app === metadata.labels.app,
        );
        expect(policies.map(({ spec }) => spec.policyTypes)).toEqual([['Ingress', 'Egress']]);
      });
    },
  );

  it('selects only its own pods', () => {
    const [{ spec: everyPod }, ...others] = manifests;
    for (const { template } of workloads) {
      expect(template.metadata.labels).toMatchObject(everyPod.podSelector.matchLabels);
    }
    const ours = workloads.map(({ template }) => template.metadata.labels.app);
    const selectors = others.flatMap(({ kind, spec }) =>
      kind === 'NetworkPolicy' ? [spec.podSelector] : kind === 'PodDisruptionBudget' ? [spec.selector] : [],
    );
    expect(selectors).toEqual(selectors.map(() => ({ matchLabels: { app: expect.any(String) } })));
    expect(ours).toEqual(expect.arrayContaining(selectors.map(({ matchLabels }) => matchLabels.app)));
  });
});
