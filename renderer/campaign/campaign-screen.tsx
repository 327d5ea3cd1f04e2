// Access reviews: the list of them and the way to open one, or the one that is open.

import { go, useAddress } from '../address/use-address.ts';
import { Button } from '../controls/button.tsx';
import { Notice } from '../controls/notice.tsx';
import { useAnswer } from '../engine/engine.ts';
import { FirstRun } from '../first-run/first-run.tsx';
import { Waiting } from '../review/waiting.tsx';
import { errorOf } from '../words/errors.ts';
import { CampaignList } from './campaign-list.tsx';
import { CampaignRows } from './campaign-rows.tsx';

export function CampaignScreen() {
  const { campaign } = useAddress();
  const log = useAnswer('workspace.summary', {});
  if (log.data?.events === 0) return <FirstRun imports={log.data.imports} />;
  return campaign === null ? <CampaignList /> : <OneCampaign key={campaign} id={campaign} />;
}

function OneCampaign({ id }: { id: number }) {
  const answer = useAnswer('campaigns.show', { campaign: id });
  if (answer.data) return <CampaignRows campaign={answer.data} />;
  if (answer.error)
    return (
      <Notice kind="failed" live>
        The review is not shown; nothing of it was changed. {errorOf(answer.error).message}{' '}
        <Button weight="quiet" onPress={() => go({ campaign: null })}>
          All reviews
        </Button>
        <Button weight="quiet" onPress={() => void answer.refetch()}>
          Ask again
        </Button>
      </Notice>
    );
  return (
    <Waiting isStopped={false} onCancel={() => go({ campaign: null })} onAsk={() => void answer.refetch()}>
      Reading the review…
    </Waiting>
  );
}
