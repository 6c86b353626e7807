import { LivekitEntry, MatrixLivekit, type MatrixLivekitProps } from '../../lib';
import { emptyChart, renderedIn, systemIn } from './parts';

/** An SFU in a chart of its own. */
export function livekitWith(props: Partial<MatrixLivekitProps> = {}) {
  const chart = emptyChart();
  const livekit = new MatrixLivekit(chart, 'Livekit', { ...livekitProps(chart), ...props });
  return { chart, livekit, rendered: (kind: string, name: string) => renderedIn(chart, kind, name) };
}

/** What an SFU cannot do without. */
export function livekitProps(chart = emptyChart()): MatrixLivekitProps {
  return { system: systemIn(chart), publicHost: 'calls.example.org', entry: LivekitEntry.nodePorts() };
}
