// What `exhibit help` says.

/** The command line in one screen. */
export function printUsage(): string {
  return `exhibit: what audit logs show, offline.

  exhibit import  FILE… -w DIR [--source NAME] [--preset ID|FILE] [--zone IANA]
                  [--dates day-first|month-first] [--json]
  exhibit remap   IMPORT… -w DIR [--preset ID|FILE] [--zone IANA] [--dates day-first|month-first] [--json]
  exhibit events  -w DIR [filters] [--limit N] [--after CURSOR] [--format json|ndjson|csv]
  exhibit events  -w DIR [filters] --out FILE [--format csv|ndjson|xlsx] [--sort actor.asc] [--json]
  exhibit around  UID -w DIR [--minutes N] [--same target,actor,ip] [--limit N] [--json]
  exhibit note    UID -w DIR (--note TEXT --tags A,B | --remove) [--person NAME] [--json]
  exhibit notes   -w DIR [--json]
  exhibit identities -w DIR [merge NAME --members A,B | split NAME] [--person NAME] [--json]
  exhibit count   -w DIR [filters] [--by category|action|actor|target|source|day|hour] [--json]
  exhibit changes -w DIR --from D --to D [filters] [--baseline CSV] [--tickets CSV]
                  [--csv FILE | --xlsx FILE] [settings] [--json]
  exhibit tickets confirm|reject TICKET -w DIR --events UID,UID [--person NAME] [--json]
  exhibit tickets list -w DIR [--json]
  exhibit state   -w DIR --at D [--zone IANA] [--filter TEXT] [--baseline CSV] [--csv FILE | --xlsx FILE] [--json]
  exhibit access  -w DIR (--at D | --from D --to D | --ledger) [--zone IANA] [--filter TEXT] [--leavers CSV]
                  [--matrix] [--csv FILE | --xlsx FILE] [settings] [--json]
  exhibit reconcile SNAPSHOT.csv -w DIR --at D [--zone IANA] [--csv FILE | --xlsx FILE] [--json]
  exhibit leavers LEAVERS.csv -w DIR --at D [--zone IANA] [--sla-days N] [--csv FILE | --xlsx FILE] [--json]
  exhibit campaign new -w DIR --at D [--name NAME] [--zone IANA] [--filter TEXT] [settings] [--person NAME] [--json]
  exhibit campaign assign N -w DIR --reviewer NAME [--by all|type|scope|subject|target --value TEXT] [--person NAME]
  exhibit campaign decide N -w DIR --entries 1,4-9 --decision keep|revoke|change|escalate [--note TEXT] [--person NAME]
  exhibit campaign close|show N -w DIR [--person NAME] [--csv FILE | --xlsx FILE] [--json]
  exhibit campaign list -w DIR [--json]
  exhibit show    actor|person|target|ip NAME -w DIR [--type T --source S] [--from D --to D --zone IANA] [--limit N] [--json]
  exhibit sessions -w DIR [filters] [--csv FILE | --xlsx FILE] [--json]
  exhibit settings -w DIR [settings] [--json]
  exhibit coverage -w DIR --from D --to D [--zone IANA] [--json]
  exhibit continuity -w DIR [--json]
  exhibit sources -w DIR [--json]
  exhibit presets [-w DIR] [--json]
  exhibit source add NAME -w DIR --connector ID|FILE [--base URL] [--feed ID] [--param N=V]… [--query N=V]…
                  [--since D] [--lag MINUTES] [--into SOURCE] [--preset ID] [--zone IANA] [--json]
  exhibit source add NAME -w DIR --bucket B [--prefix P] [--endpoint URL] [--region R] [--path-style] [--profile N]
                  [--requester-pays] [--anonymous] [--digest-key FINGERPRINT=PEM]…
  exhibit source add NAME -w DIR --folder DIR [--settle SECONDS]
  exhibit source list|remove NAME|offline|online -w DIR [--json]
  exhibit source connectors [ID]
  exhibit sync    [SOURCE…] -w DIR [--dry-run] [--offline] [--json]
  exhibit key     new --out FILE | show  -w DIR [--replace] [--person NAME] [--json]
  exhibit pack    -w DIR --framework iso27001|soc2|iec62443 --from D --to D --out DIR
                  [--zone IANA] [--filter TEXT] [--organisation NAME] [--prepared-by NAME]
                  [--redact [--keep-people A,B] [--keep-categories C] [--redact-also NAMES] [--redaction-key FILE]]
                  [--sections all|none|events,access,changes,sessions,reviews]
                  [--controls 5.15,5.18] [--conclusions CSV] [--leavers CSV [--sla-days N]]
                  [--seed S --sample N] [sampling] [--key FILE] [--tsa URL] [--json]
  exhibit pack    -w DIR --recipe NAME|PACK-ID|FILE [--next] [--seed S] --out DIR [any of the above]
  exhibit recipes -w DIR [show X | save NAME X | remove NAME | diff X Y] [--next] [--json]   X: name, pack id or file
  exhibit exceptions -w DIR [new --finding TEXT | change N] [--control IDS --rows UIDS --severity low|medium|high|critical
                  --cause TEXT --compensating TEXT --owner NAME --due D --response TEXT --person NAME
                  --status 'open|in progress|remediated|risk accepted|withdrawn'] [--json]
  exhibit exceptions history N | propose --from D --to D [--framework F] [--leavers CSV] [--add] -w DIR [--json]
  exhibit sign-off PACK [-w DIR --role preparer|reviewer|approver --name NAME [--title T] [--statement TEXT]
                  [--override REASON] [--key FILE]] [--json]
  exhibit time-stamp PACK -w DIR --tsa URL [--key FILE] [--offline] [--json]
  exhibit sign-pdf PACK -w DIR --certificate FILE.p12 [--key FILE] [--json]
  exhibit verify  -w DIR [--event UID] | PACK [-w DIR] [--pubkey KEY|FILE] [--json]
  exhibit audit   PACK [--requests FILE] [--pubkey KEY|FILE] | PACK --table ID [--first N] [--limit N] [--json]
  exhibit request list PACK --requests FILE [--earlier FILE] [--json]
  exhibit request new PACK --requests FILE --question TEXT [--control ID] [--file PATH] [--row UID] [--due D]
  exhibit request answer|comment N PACK --requests FILE --text TEXT [--as auditor|officer]
  exhibit request status N PACK --requests FILE --status open|accepted|'exception noted' [--text TEXT]
  exhibit request tick UID PACK --requests FILE --results A=pass,B=fail,C=n.a. [--sample S-01] [--text TEXT]   each with --key FILE [--person NAME]
  exhibit request key --out FILE

Filters: --filter 'actor:alice@acme category:access "any text"' --from D --to D --zone IANA
  Keys: actor action category target type source ip outcome field subject person tag note before after.
  D is a date (the whole day in the zone; UTC unless named) or an instant such as 2026-01-31T09:30:00Z.
  Different keys narrow, a repeated key widens; * stands for any text; key:"" finds events without one.

--out writes all events to a new file, and beside it FILE.ipe.txt: its IPE card (source, method, parameters, counts,
hash). Texts that a spreadsheet would calculate get an apostrophe in CSV files; NDJSON has them as they are.
remap maps imports again from the records in the log, with another preset or zone: each becomes a new import that
replaces the earlier one, which stays in the log and counts no more.
import reads a folder or an archive once: files it holds whole, with the same mapping, are named and not read again.
--dates says which number of dates like 03/04/2026 is the day, where the file does not prove it.
--baseline names a CSV with the columns target, field, value and date: what held before the log begins.
--xlsx writes the answer to a new workbook with its IPE card instead of showing it; --csv writes its table to FILE, further
  tables beside it, and the card to FILE.ipe.txt.
tickets says by hand which changes a ticket belongs to; “changes --tickets” lists the changes it fits, with their uids.
--tickets names a list of tickets or pull requests as Jira, GitHub or ServiceNow export it, or a CSV with columns such as id,
  target, opened, opened by, approved, approved by and closed.
Settings of reviews: --hours 08:00-18:00 --days 1-5 --hours-zone IANA (Monday is 1), or --no-hours; --dormant-days N;
  --privileged 'admin,*delete*'; --sla-days N, the days to take a right away. “settings” keeps them in the workspace, where
  the window and the other commands measure by them; named with another command they count for it alone.
Sampling: --sampling random|stratified|systematic|judgemental, else so many rows of each category. Repeated, each begins a further
  sample with the options behind it; those before the first are for all.
  --sample N, or --confidence 95 --tolerable 5 (attribute formula), or --frequency quarterly|monthly|weekly|daily|many-a-day.
  --strata category|actorType|source|month|action|outcome --allocation fixed|proportional; --sample-of P-04 or access.granted,credential;
  --chosen CSV names the events of a judgemental sample and --replace CSV those that could not be tested, both with the columns
  uid and reason; --attributes 'approved before; ticket named' heads the columns to tick.
--sections names the optional sections of the report that go in, with their tables; the others are always there, and the pack
  says which ones were left out.
--redact gives everybody a pseudonym but who is kept, in every file of the pack; the key that opens single names is written
  beside it, and with --redaction-key an earlier key gives the same pseudonyms.
--leavers names a CSV with the columns user and date, and kind (left or moved) where some moved: a pack tests both. SNAPSHOT.csv has the columns user, target and rights.
In access, --filter takes subject: person: target: type: source: and words. person: finds all names of a merged person.

sync brings what is new from connected sources; --dry-run shows the first page mapped and stores nothing. The token of a source
  “Acme” is in EXHIBIT_SECRET_SOURCE_ACME_TOKEN. “source offline” forbids the network in a workspace, EXHIBIT_OFFLINE=1 for a command.
Answers are tables on a terminal and JSON in a pipe or with --json.
Secrets, such as tokens of sources, come from lines NAME=SECRET on the descriptor of --secret-fd N, or from variables:
  source:acme:token is in EXHIBIT_SECRET_SOURCE_ACME_TOKEN. No option takes one, and none is written anywhere.
key new makes the Ed25519 key that signs the workspace's packs, writes its private half to FILE (mode 0600) and records the
  public half in the workspace. --key FILE or EXHIBIT_SIGNING_KEY names that file where something is signed.
--tsa names a time-stamping authority (RFC 3161, https): it is sent a hash and a random number, nothing else, and its answer is
  kept in the pack's timestamp/, also after sign-offs. Nobody is asked without it. Its certificate is checked with openssl.
--certificate names a PKCS#12 file (.p12, .pfx) with a person's certificate and private key: the report gets a copy with their
  PAdES signature, report-signed.pdf in the pack; signing again puts another in its place. The file's passphrase is in
  EXHIBIT_SECRET_CERTIFICATE_PASSPHRASE or the line certificate:passphrase=… of --secret-fd. Nothing is asked of a network.
verify PACK -w DIR also finds in the workspace's activity log that the pack's populations were frozen there before a seed was used.
--pubkey is a key that you know, or a file with it: a pack signed with another one, or not at all, then fails.
audit needs no workspace and writes nothing: it verifies a pack (folder or ZIP file) and says what is in it. request keeps what an
  auditor asks and the officer answers in one file, PACK-ID.requests.json, that goes to and fro: each entry is signed with --key
  (the auditor's from “request key”, the officer's that of the workspace) and names the one before; a changed file is refused.
-w, --workspace DIR is the folder that holds the log; import creates it.
Exit codes: 0 done, 1 a check failed, 2 wrong usage, 3 input or environment.
`;
}

/** How one command is written, from the list of all; it has to be one that exists. */
export function printUsageOf(command: string): string {
  const [list = ''] = printUsage().split('\n\nFilters: ');
  const ways = list.split(/\n(?= {2}exhibit )/).filter((way) => way.trim().split(/\s+/)[1] === command);
  return `${ways.join('\n')}\n\n“exhibit help” says what the options mean.\n`;
}
