// One access review: how far it is, and its rights one below the other, decided by key or in the pane beside them.

import { useMemo, useState } from 'react';
import type { CampaignDecision, CampaignEntry, CampaignProgress } from '#core/campaign-model.ts';
import { campaignDecisions, campaignFilters } from '#core/campaign-model.ts';
import { go, useAddress, useShownZone } from '../address/use-address.ts';
import { SaveFile } from '../controls/save-file.tsx';
import { DecideBar, useDecideKeys } from '../review/decide-keys.tsx';
import { usePerson } from '../review/person.ts';
import { ReviewRows } from '../review/review-rows.tsx';
import { errorOf } from '../words/errors.ts';
import { formatCounted } from '../words/numbers.ts';
import { note, saveBook } from './calls.ts';
import { CampaignPane } from './campaign-pane.tsx';
import { CampaignSummary } from './campaign-summary.tsx';
import { campaignColumns } from './columns.tsx';
import { decisionWords } from './sentences.ts';

const keys = campaignDecisions.map((one) => `${decisionWords[one].key} ${one}`).join(', ');

export function CampaignRows({ campaign }: { campaign: CampaignProgress }) {
  const { only, by, row } = useAddress();
  const zone = useShownZone();
  const person = usePerson();
  const byKey = useDecideKeys();
  const [problem, setProblem] = useState<string | null>(null);
  const [begun, setBegun] = useState<CampaignDecision | null>(null);
  const isOpen = campaign.closedAt === null;
  const columns = useMemo(() => campaignColumns(zone, isOpen), [zone, isOpen]);
  const listed = campaignFilters.find((one) => one === only) ?? null;
  const asked = { campaign: campaign.id, only: listed, reviewer: by };

  const decide = (entry: CampaignEntry, decision: CampaignDecision, words: string): Promise<boolean> => {
    setProblem(null);
    return note('campaigns.decide', {
      campaign: campaign.id,
      entries: [entry.number],
      decision,
      note: words,
      person: person.trim(),
    }).then(
      () => true,
      (thrown) => {
        setProblem(errorOf(thrown).message);
        return false;
      },
    );
  };
  const onLetter = (entry: CampaignEntry, letter: string): boolean => {
    const decision = campaignDecisions.find((one) => decisionWords[one].key.toLowerCase() === letter);
    if (!byKey || !isOpen || decision === undefined) return false;
    // What needs a note is written in the pane.
    if (decision === 'change' || decision === 'escalate') {
      setBegun(decision);
      go({ row: String(entry.number) });
    } else void decide(entry, decision, '');
    return true;
  };

  return (
    <ReviewRows
      call="campaigns.entries"
      asked={asked}
      isListed={campaign.entries > 0}
      id="entry"
      name="Rights of the review"
      columns={columns}
      counted={(total) => formatCounted(total, 'right')}
      beyond="list those of one reviewer or one decision to see others"
      ways={<SaveFile save={(into) => saveBook(campaign.id, into)}>Save as workbook…</SaveFile>}
      keyOf={(entry) => String(entry.number)}
      onLetter={onLetter}
      pane={(entry, props) => (
        <CampaignPane
          key={entry.number}
          entry={entry}
          campaign={campaign}
          begun={begun}
          problem={problem}
          takesFocus={props.takesFocus && begun === null}
          onClose={() => {
            setBegun(null);
            props.onClose();
          }}
          onDecide={async (decision, words) => {
            if (!(await decide(entry, decision, words))) return;
            setBegun(null);
            props.onClose();
          }}
        />
      )}
    >
      <CampaignSummary campaign={campaign} />
      {isOpen ? <DecideBar keys={keys} problem={row === null ? problem : null} /> : null}
    </ReviewRows>
  );
}
