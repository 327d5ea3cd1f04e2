// The zone in which every time is shown and every date is meant: one for the whole window.

import { go, useAddress } from '../address/use-address.ts';
import { type Choice, PickList } from '../controls/pick-list.tsx';
import { zoneChoices } from './zones.ts';

let choices: Choice[] | undefined;

export function ZonePicker() {
  const { zone } = useAddress();
  choices ??= zoneChoices(new Date());
  return (
    <PickList
      name={`Time zone: ${zone}`}
      search="Search time zones"
      choices={choices}
      picked={[zone]}
      several={false}
      placement="bottom end"
      onPick={([picked]) => {
        if (picked !== undefined) go({ zone: picked });
      }}
    >
      {zone.replaceAll('_', ' ')}
    </PickList>
  );
}
