// The zone in which every time is shown: one for the whole window. Dates that are set keep the zone they were set in.

import { showIn } from '../address/address.ts';
import { go, useShownZone } from '../address/use-address.ts';
import { type Choice, PickList } from '../controls/pick-list.tsx';
import { zoneChoices } from './zones.ts';

let choices: Choice[] | undefined;

export function ZonePicker() {
  const zone = useShownZone();
  choices ??= zoneChoices(new Date());
  return (
    <PickList
      name={`Time zone: ${zone}`}
      search="Search time zones"
      choices={choices}
      picked={[zone]}
      several={false}
      placement="bottom end"
      note="Changes how times are shown. A period or a date in the filter goes on meaning what it means."
      onPick={([picked]) => {
        if (picked !== undefined) go(showIn(picked));
      }}
    >
      {zone.replaceAll('_', ' ')}
    </PickList>
  );
}
