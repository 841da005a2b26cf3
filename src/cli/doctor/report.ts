import { bullet, type Screen, type Style } from '../terminal/screen.ts';
import { renderTable } from '../terminal/table.ts';
import { AREAS, type Finding, type Verdict } from './finding.ts';

const STYLES: Readonly<Record<Verdict, Style>> = { ok: 'green', warning: 'yellow', problem: 'red' };
const SIGNS: Readonly<Record<Verdict, string>> = { ok: '✓', warning: '!', problem: '✗' };

export function renderReport(findings: readonly Finding[], screen: Screen): string {
  const areas = AREAS.map((area) => findings.filter((finding) => finding.area === area));
  return [
    ...areas.filter((found) => found.length > 0).map((found) => renderArea(found, screen)),
    ...renderFixes(findings, screen),
    summaryOf(findings, screen),
  ].join('\n\n');
}

function renderArea(findings: readonly Finding[], screen: Screen): string {
  const [first] = findings;
  const rows = findings.map(({ verdict, check, message }) => [
    { text: SIGNS[verdict], style: STYLES[verdict] },
    check,
    message,
  ]);
  const columns = [{ title: '' }, { title: '' }, { title: '' }];
  return `${screen.paint('bold', first?.area ?? '')}\n${renderTable(screen, columns, rows)}`;
}

/** The worst first. */
function renderFixes(findings: readonly Finding[], screen: Screen): string[] {
  const fixes = (['problem', 'warning'] as const).flatMap((verdict) =>
    findings
      .filter((finding) => finding.verdict === verdict)
      .map(({ area, check, fix = '' }) => bullet(`${area}, ${check}: ${fix}`, screen, SIGNS[verdict])),
  );
  return fixes.length === 0 ? [] : [[screen.paint('bold', 'What to do'), ...fixes].join('\n')];
}

function summaryOf(findings: readonly Finding[], screen: Screen): string {
  const many = (verdict: Verdict) => findings.filter((finding) => finding.verdict === verdict).length;
  const [problems, warnings] = [many('problem'), many('warning')];
  if (problems + warnings === 0) return screen.paint('green', 'Everything is in order.');
  const parts = [
    ...(problems > 0 ? [screen.paint('red', `${problems} ${problems === 1 ? 'problem' : 'problems'}`)] : []),
    ...(warnings > 0
      ? [screen.paint('yellow', `${warnings} ${warnings === 1 ? 'warning' : 'warnings'}`)]
      : []),
  ];
  return `${parts.join(' and ')}.`;
}
