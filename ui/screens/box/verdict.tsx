import type { BoxStatus, Finding } from '#contract/appliance-status';
import { Icon } from '../../components/icon.tsx';
import { text } from '../../text.ts';

/** Whether all is well, and what is not, the gravest first. */
export function Verdict({ status }: { status: BoxStatus }) {
  const words = text.box.verdicts[status.verdict];
  return (
    <section class={`verdict verdict-${status.verdict}`}>
      <span class="verdict-icon">
        <Icon name={status.verdict === 'well' ? 'check' : 'warning'} size={34} />
      </span>
      <div class="verdict-words">
        <h2>{words.title}</h2>
        <p>{words.lead}</p>
        {status.findings.length > 0 ? (
          <ul class="verdict-findings">
            {status.findings.map((finding) => (
              <FindingView key={finding.code} finding={finding} />
            ))}
          </ul>
        ) : null}
      </div>
    </section>
  );
}

function FindingView({ finding }: { finding: Finding }) {
  // A newer box may find what this page has no words for; then it says so itself.
  const own = text.box.findings[finding.code];
  return (
    <li>
      <h3>{own?.title ?? finding.title}</h3>
      <p>{own ? own.advice(finding.details) : finding.advice}</p>
    </li>
  );
}
