# Checks the files of an Exhibit evidence pack. Needs Windows PowerShell 5.1 or newer and nothing else; reads, never
# writes.
#
#   powershell -ExecutionPolicy Bypass -File data\40_integrity\verify.ps1 [PACK]
#
# PACK is the pack's folder; without it, the pack this file lies in. One line is printed for each check: passed, failed
# or skipped. The exit code is 0 when nothing failed, 1 when something did, 2 for wrong usage.
#
# It checks that every file is as it was, that none is missing or was added, that id and checkpoint belong to the
# recipe, and that a signed report is the report with a signature over all of it. The pack's signatures need Ed25519,
# which PowerShell does not have: verify.html (a browser) and verify.py (Python) check them, and draw the sample and
# compute the roots again.

param([string]$Pack)

Set-StrictMode -Version 2
$ErrorActionPreference = 'Stop'

# Where a company's policy lets scripts use nothing of .NET, no file can be hashed.
if ([string]$ExecutionContext.SessionState.LanguageMode -ne 'FullLanguage') {
  Write-Output 'PowerShell is restricted on this computer. Open verify.html in a browser, or use another computer.'
  exit 2
}

$script:Failed = @()
$script:Bytes = [long]0
$script:Files = 0
# Made by file managers when somebody only looks at a folder.
$Ignored = @('.DS_Store', 'Thumbs.db', 'desktop.ini')
# These list others, or sign the list, so that no list can name them.
$Unlisted = @('tagmanifest-sha256.txt', 'tagmanifest-sha256.txt.sig')
$Separator = [string][System.IO.Path]::DirectorySeparatorChar
# Windows PowerShell finds no file whose path has as many characters.
$LongPath = 260

function Write-Check([string]$Status, [string]$Name, [string]$Detail) {
  Write-Output ('{0,-8} {1}: {2}' -f $Status, $Name, $Detail)
  if ($Status -eq 'failed') { $script:Failed += $Name }
}

function Test-That([string]$Name, [bool]$Holds, [string]$Detail) {
  if ($Holds) { Write-Check 'passed' $Name $Detail } else { Write-Check 'failed' $Name $Detail }
}

# To the letter: -ceq takes two texts for equal that differ in characters that do not show.
function Test-Same([string]$One, [string]$Other) {
  return [string]::Equals($One, $Other, [System.StringComparison]::Ordinal)
}

function Test-Among([string[]]$Names, [string]$Name) {
  return [System.Array]::IndexOf($Names, $Name) -ge 0
}

function Read-Text([string]$File) {
  return [System.IO.File]::ReadAllText($File, [System.Text.Encoding]::UTF8)
}

function ConvertTo-Hex([byte[]]$Bytes) {
  return [System.BitConverter]::ToString($Bytes).Replace('-', '').ToLowerInvariant()
}

function Get-Sha256([string]$File) {
  $sha = [System.Security.Cryptography.SHA256]::Create()
  $stream = [System.IO.File]::OpenRead($File)
  try { return ConvertTo-Hex ($sha.ComputeHash($stream)) }
  finally { $stream.Dispose() }
}

# Names of files are compared to the letter, which a plain hash table of PowerShell does not do. A map's own properties
# are never asked for: a file could be called Keys or Count.
function New-Map {
  $comparer = [System.StringComparer]::Ordinal
  return , (New-Object -TypeName 'System.Collections.Generic.Dictionary[string,string]' -ArgumentList $comparer)
}

# Lines of "sha256  path"; RFC 8493 writes %, CR and LF in a path as %25, %0D and %0A.
function Read-Manifest([string]$File) {
  $entries = New-Map
  foreach ($line in (Read-Text $File).Split([char]10)) {
    if ($line.Trim() -eq '') { continue }
    $parts = [regex]::Match($line, '^([0-9A-Fa-f]{64})[ \t]+(.+)$')
    if (-not $parts.Success) { throw ('not a line of a manifest: ' + $line) }
    $digest = $parts.Groups[1].Value.ToLowerInvariant()
    $path = $parts.Groups[2].Value.Replace('%0A', [string][char]10).Replace('%0D', [string][char]13).Replace('%25', '%')
    $leadsOut = ($path[0] -eq '/') -or $path.Contains('\') -or ($path -match '^[A-Za-z]:')
    if ($leadsOut -or (Test-Among $path.Split([char]'/') '..')) { throw ($path + ' leads out of the pack') }
    if ($entries.ContainsKey($path)) { throw ($path + ' is listed twice') }
    $entries.Add($path, $digest)
  }
  return , $entries
}

function Test-Manifest([string]$Name) {
  $entries = Read-Manifest ([System.IO.Path]::Combine($Root, $Name))
  $total = 0
  $wrong = @()
  foreach ($entry in $entries.GetEnumerator()) {
    $total += 1
    $file = [System.IO.Path]::Combine($Root, $entry.Key.Replace('/', $Separator))
    if ([System.IO.File]::Exists($file)) {
      if ((Get-Sha256 $file) -cne $entry.Value) { $wrong += ($entry.Key + ' was changed') }
    }
    elseif ($file.Length -lt $LongPath) { $wrong += ($entry.Key + ' is missing') }
    else { $wrong += ($entry.Key + ' is missing, or its path is too long: move the pack to a folder such as C:\Pack') }
  }
  $detail = [string]$total + ' files, every SHA-256 is right'
  if ($wrong.Count -gt 0) { $detail = $wrong -join '; ' }
  Test-That $Name ($wrong.Count -eq 0) $detail
}

function Test-OtherFiles {
  $payload = Read-Manifest ([System.IO.Path]::Combine($Root, 'manifest-sha256.txt'))
  $tags = Read-Manifest ([System.IO.Path]::Combine($Root, 'tagmanifest-sha256.txt'))
  $extra = @()
  foreach ($file in [System.IO.Directory]::GetFiles($Root, '*', [System.IO.SearchOption]::AllDirectories)) {
    $path = $file.Substring($Root.Length).Replace($Separator, '/')
    if (Test-Among $Ignored ([System.IO.Path]::GetFileName($file))) { continue }
    if ($path.StartsWith('data/', [System.StringComparison]::Ordinal)) {
      $script:Files += 1
      $script:Bytes += ([System.IO.FileInfo]$file).Length
      if (-not $payload.ContainsKey($path)) { $extra += $path }
    }
    elseif (-not ($tags.ContainsKey($path) -or (Test-Among $Unlisted $path))) { $extra += $path }
  }
  $detail = 'every file is listed'
  if ($extra.Count -gt 0) { $detail = 'not listed: ' + ($extra -join ', ') }
  Test-That 'No other files' ($extra.Count -eq 0) $detail
}

function Read-Info {
  $info = New-Map
  foreach ($line in (Read-Text ([System.IO.Path]::Combine($Root, 'bag-info.txt'))).Split([char]10)) {
    $at = $line.IndexOf([char]':')
    if ($at -gt 0) { $info[$line.Substring(0, $at)] = $line.Substring($at + 1).Trim() }
  }
  return , $info
}

function Get-Label($Info, [string]$Label) {
  if ($Info.ContainsKey($Label)) { return $Info[$Label] }
  return 'nothing'
}

# The first 80 bits as base32 (RFC 4648), four by four.
function Get-PackId([byte[]]$Digest) {
  $bits = ''
  for ($at = 0; $at -lt 10; $at++) { $bits += [System.Convert]::ToString([int]$Digest[$at], 2).PadLeft(8, '0') }
  $id = 'EX'
  for ($at = 0; $at -lt 16; $at++) {
    if ($at % 4 -eq 0) { $id += '-' }
    $id += 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.Substring([System.Convert]::ToInt32($bits.Substring(5 * $at, 5), 2), 1)
  }
  return $id
}

function Test-Identity {
  $info = Read-Info
  $oxum = '{0}.{1}' -f $script:Bytes, $script:Files
  $listed = Get-Label $info 'Payload-Oxum'
  Test-That 'Payload-Oxum' (Test-Same $listed $oxum) ($listed + ', found ' + $oxum)

  $recipe = [System.IO.Path]::Combine($Root, 'data', '30_query', 'recipe.json')
  $digest = [System.Security.Cryptography.SHA256]::Create().ComputeHash([System.IO.File]::ReadAllBytes($recipe))
  $id = Get-PackId $digest
  Test-That 'Pack id' (Test-Same (Get-Label $info 'External-Identifier') $id) ($id + ' follows from recipe.json')
  $said = 'recipe sha256 ' + (ConvertTo-Hex $digest)
  Test-That 'Recipe hash' (Test-Same (Get-Label $info 'Internal-Sender-Identifier') $said) $said.Substring(7)

  $lines = (Read-Text ([System.IO.Path]::Combine($Root, 'data', '40_integrity', 'checkpoint.txt'))).Split([char]10)
  $logRoot = ConvertTo-Hex ([System.Convert]::FromBase64String($lines[2]))
  # The recipe is canonical JSON: this text can stand nowhere else in it, since quotes inside a string are escaped.
  $form = '"log":\{"origin":"(?:[^"\\]|\\.)*","root":(?:null|"([0-9a-f]{64})"),"size":([0-9]+)\}'
  $log = [regex]::Match((Read-Text $recipe), $form)
  $size = $lines[1]
  $holds = $log.Success -and (Test-Same $log.Groups[2].Value $size)
  $holds = $holds -and (Test-Same (Get-Label $info 'X-Log-Size') $size)
  if ($log.Groups[1].Success) { $holds = $holds -and (Test-Same $log.Groups[1].Value $logRoot) }
  Test-That 'Checkpoint' $holds ('log of ' + $size + ' leaves, root ' + $logRoot)
}

# What stands between two places of DER: of each element its tag, and where its content begins and ends.
function Read-Elements([byte[]]$Der, [int]$At, [int]$End) {
  $found = New-Object -TypeName 'System.Collections.ArrayList'
  while ($At -lt $End) {
    if ($At + 2 -gt $End) { throw 'it is cut' }
    $tag = [int]$Der[$At]
    $length = [int]$Der[$At + 1]
    $start = $At + 2
    if ($length -ge 128) {
      $more = $length - 128
      if (($more -eq 0) -or ($more -gt 3) -or ($start + $more -gt $End)) { throw 'it is not DER' }
      $length = 0
      for ($each = 0; $each -lt $more; $each++) { $length = 256 * $length + $Der[$start + $each] }
      $start += $more
    }
    $At = $start + $length
    if ((($tag -band 31) -eq 31) -or ($At -gt $End)) { throw 'it is cut, or not DER' }
    [void]$found.Add(@{ Tag = $tag; Start = $start; End = $At })
  }
  return , $found
}

# One of them, which has to be of a kind.
function Get-Element($Elements, [int]$At, [int]$Tag) {
  if ($At -ge $Elements.Count) { throw 'it is put together in another way' }
  if ($Elements[$At].Tag -ne $Tag) { throw 'it is put together in another way' }
  return $Elements[$At]
}

# The only one inside another.
function Read-Only([byte[]]$Der, $Outer, [int]$Tag) {
  $inner = Read-Elements $Der $Outer.Start $Outer.End
  if ($inner.Count -ne 1) { throw 'something follows it' }
  return Get-Element $inner 0 $Tag
}

function Get-Hex([byte[]]$Der, $Element) {
  $bytes = [System.BitConverter]::ToString($Der, $Element.Start, $Element.End - $Element.Start)
  return $bytes.Replace('-', '').ToLowerInvariant()
}

# The hash that a signature of CMS names (RFC 5652, sections 5.3 and 11.2); zeros may follow it.
function Get-SignedHash([byte[]]$Der) {
  if (($Der.Length -lt 5) -or ($Der[1] -lt 130) -or ($Der[1] -gt 131)) { throw 'it is not DER' }
  $end = 0
  $start = 2 + $Der[1] - 128
  for ($at = 2; $at -lt $start; $at++) { $end = 256 * $end + $Der[$at] }
  $end += $start
  if ($end -gt $Der.Length) { throw 'it is cut' }
  for ($at = $end; $at -lt $Der.Length; $at++) { if ($Der[$at] -ne 0) { throw 'something follows it' } }

  $info = Read-Only $Der @{ Start = 0; End = $end } 0x30
  $parts = Read-Elements $Der $info.Start $info.End
  if ((Get-Hex $Der (Get-Element $parts 0 0x06)) -cne '2a864886f70d010702') { throw 'it holds something else' }
  $signed = Read-Only $Der (Get-Element $parts 1 0xA0) 0x30
  $fields = Read-Elements $Der $signed.Start $signed.End
  $signer = Read-Only $Der (Get-Element $fields ($fields.Count - 1) 0x31) 0x30
  $attributes = Get-Element (Read-Elements $Der $signer.Start $signer.End) 3 0xA0
  foreach ($attribute in (Read-Elements $Der $attributes.Start $attributes.End)) {
    $pair = Read-Elements $Der $attribute.Start $attribute.End
    if ((Get-Hex $Der (Get-Element $pair 0 0x06)) -cne '2a864886f70d010904') { continue }
    return Get-Hex $Der (Read-Only $Der (Get-Element $pair 1 0x31) 0x04)
  }
  throw 'it names no hash'
}

# What is wrong with a signed report; nothing where it is right.
function Get-SigningFault([byte[]]$Report, [byte[]]$Signed) {
  $none = 'does not begin with data/01_Evidence_Report.pdf'
  if ($Signed.Length -lt $Report.Length) { return $none }
  $sha = [System.Security.Cryptography.SHA256]::Create()
  $begins = ConvertTo-Hex ($sha.ComputeHash($Signed, 0, $Report.Length))
  if ($begins -cne (ConvertTo-Hex ($sha.ComputeHash($Report)))) { return $none }

  # ISO 8859-1: a character for each byte.
  $tail = [System.Text.Encoding]::GetEncoding(28591).GetString($Signed, $Report.Length, $Signed.Length - $Report.Length)
  $form = '/ByteRange \[0 ([0-9]+) +([0-9]+) +([0-9]+) *\]\n/Contents <([0-9a-f]+)>'
  $found = [regex]::Match($tail, $form)
  if (-not $found.Success) { return 'what follows the report is not a signature as Exhibit adds it' }
  $hex = $found.Groups[4].Value
  $start = $Report.Length + $found.Groups[4].Index - 1
  $end = $start + $hex.Length + 2
  $rest = $Signed.Length - $end
  $coversAll = ([long]$found.Groups[1].Value -eq $start) -and ([long]$found.Groups[2].Value -eq $end) -and
    ([long]$found.Groups[3].Value -eq $rest)
  if (-not $coversAll) { return 'holds bytes that its signature does not cover' }

  $token = New-Object -TypeName 'byte[]' -ArgumentList ([int][System.Math]::Floor($hex.Length / 2))
  for ($at = 0; $at -lt $token.Length; $at++) { $token[$at] = [System.Convert]::ToByte($hex.Substring(2 * $at, 2), 16) }
  [void]$sha.TransformBlock($Signed, 0, $start, $null, 0)
  [void]$sha.TransformFinalBlock($Signed, $end, $rest)
  if ((Get-SignedHash $token) -cne (ConvertTo-Hex $sha.Hash)) { return 'was changed after it was signed' }
  return ''
}

# When somebody signed the report: the report, and behind it a signature over all of it.
function Test-SignedReport {
  $name = 'report-signed.pdf'
  $file = [System.IO.Path]::Combine($Root, $name)
  if (-not [System.IO.File]::Exists($file)) { return }
  try {
    $report = [System.IO.File]::ReadAllBytes([System.IO.Path]::Combine($Root, 'data', '01_Evidence_Report.pdf'))
    $fault = Get-SigningFault $report ([System.IO.File]::ReadAllBytes($file))
  }
  catch { $fault = 'cannot be read' }
  $detail = $name + ' begins with the report, and has the hash that its signature names'
  if ($fault -ne '') { $detail = $name + ': ' + $fault }
  Test-That 'PDF signature' ($fault -eq '') $detail
  $others = 'who signed is not checked here: open the file in a PDF reader that knows whom you trust, or use pdfsig'
  Write-Check 'skipped' 'Certificate of the PDF signature' $others
}

# Runs one step; what it cannot read is a failed check and not the end.
function Invoke-Step([scriptblock]$Step) {
  try { & $Step }
  catch { Write-Check 'failed' 'Readable data' ($_.Exception.GetBaseException().Message) }
}

$Start = [System.IO.Path]::Combine($PSScriptRoot, '..', '..')
# "C:\Pack\" with its quotation marks arrives here with the last of them.
if ($Pack) { $Start = $Pack.TrimEnd([char]'"') }
if (-not (Test-Path -LiteralPath $Start -PathType Container)) {
  Write-Output ($Start + ' is not a folder. Name the folder of the pack.')
  exit 2
}
$Whole = [System.IO.Path]::GetFullPath((Resolve-Path -LiteralPath $Start).ProviderPath).TrimEnd([char[]]@('\', '/'))
# With its separator, so that the root of a drive is a folder, too.
$Root = $Whole + $Separator

Write-Output ('Evidence pack ' + [System.IO.Path]::GetFileName($Whole))
Invoke-Step {
  $declared = (Read-Text ([System.IO.Path]::Combine($Root, 'bagit.txt'))).Split([char]10)[0].Trim()
  Test-That 'bagit.txt' (Test-Same $declared 'BagIt-Version: 1.0') $declared
}
Invoke-Step { Test-Manifest 'manifest-sha256.txt' }
Invoke-Step { Test-Manifest 'tagmanifest-sha256.txt' }
Invoke-Step { Test-OtherFiles }
Invoke-Step { Test-Identity }
Invoke-Step { Test-SignedReport }
$others = 'open verify.html in a browser, or run verify.py with Python'
Write-Check 'skipped' 'Signatures, sign-offs, time stamps, roots, sample, balance' $others
Write-Output ''
if ($script:Failed.Count -gt 0) {
  Write-Output ('FAILED: ' + ($script:Failed -join ', '))
  exit 1
}
Write-Output 'Nothing failed. Skipped checks are named above.'
exit 0
