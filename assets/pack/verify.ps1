# Checks the files of an Exhibit evidence pack. Needs Windows PowerShell 5.1 or newer and nothing else; reads, never
# writes.
#
#   powershell -ExecutionPolicy Bypass -File data\40_integrity\verify.ps1 [PACK]
#
# PACK is the pack's folder; without it, the pack this file lies in. One line is printed for each check: passed, failed
# or skipped. The exit code is 0 when nothing failed, 1 when something did, 2 for wrong usage.
#
# It checks that every file is as it was, that none is missing or was added, and that id and checkpoint belong to the
# recipe. Signatures need Ed25519, which PowerShell does not have: verify.html (a browser) and verify.py (Python) check
# them, and draw the sample and compute the roots again.

param([string]$Pack)

Set-StrictMode -Version 2
$ErrorActionPreference = 'Stop'

$script:Failed = @()
$script:Bytes = [long]0
$script:Files = 0
# Made by file managers when somebody only looks at a folder.
$Ignored = @('.DS_Store', 'Thumbs.db', 'desktop.ini')
# These list others, or sign the list, so that no list can name them.
$Unlisted = @('tagmanifest-sha256.txt', 'tagmanifest-sha256.txt.sig')
$Separator = [string][System.IO.Path]::DirectorySeparatorChar

function Write-Check([string]$Status, [string]$Name, [string]$Detail) {
  Write-Output ('{0,-8} {1}: {2}' -f $Status, $Name, $Detail)
  if ($Status -eq 'failed') { $script:Failed += $Name }
}

function Test-That([string]$Name, [bool]$Holds, [string]$Detail) {
  if ($Holds) { Write-Check 'passed' $Name $Detail } else { Write-Check 'failed' $Name $Detail }
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

# Names of files are compared to the letter, which a plain hash table of PowerShell does not do.
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
    $leadsOut = $path.StartsWith('/') -or $path.Contains('\') -or ($path -match '^[A-Za-z]:')
    if ($leadsOut -or ($path.Split('/') -contains '..')) { throw ($path + ' leads out of the pack') }
    if ($entries.ContainsKey($path)) { throw ($path + ' is listed twice') }
    $entries.Add($path, $digest)
  }
  return , $entries
}

function Test-Manifest([string]$Name) {
  $entries = Read-Manifest ([System.IO.Path]::Combine($Root, $Name))
  $wrong = @()
  foreach ($path in $entries.Keys) {
    $file = [System.IO.Path]::Combine($Root, $path.Replace('/', $Separator))
    if (-not [System.IO.File]::Exists($file)) { $wrong += ($path + ' is missing') }
    elseif ((Get-Sha256 $file) -cne $entries[$path]) { $wrong += ($path + ' was changed') }
  }
  $detail = [string]$entries.Count + ' files, every SHA-256 is right'
  if ($wrong.Count -gt 0) { $detail = $wrong -join '; ' }
  Test-That $Name ($wrong.Count -eq 0) $detail
}

function Test-OtherFiles {
  $payload = Read-Manifest ([System.IO.Path]::Combine($Root, 'manifest-sha256.txt'))
  $tags = Read-Manifest ([System.IO.Path]::Combine($Root, 'tagmanifest-sha256.txt'))
  $extra = @()
  foreach ($file in [System.IO.Directory]::GetFiles($Root, '*', [System.IO.SearchOption]::AllDirectories)) {
    $path = $file.Substring($Root.Length).Replace($Separator, '/')
    if ($Ignored -ccontains [System.IO.Path]::GetFileName($file)) { continue }
    if ($path.StartsWith('data/', [System.StringComparison]::Ordinal)) {
      $script:Files += 1
      $script:Bytes += ([System.IO.FileInfo]$file).Length
      if (-not $payload.ContainsKey($path)) { $extra += $path }
    }
    elseif (-not ($tags.ContainsKey($path) -or ($Unlisted -ccontains $path))) { $extra += $path }
  }
  $detail = 'every file is listed'
  if ($extra.Count -gt 0) { $detail = 'not listed: ' + ($extra -join ', ') }
  Test-That 'No other files' ($extra.Count -eq 0) $detail
}

function Read-Info {
  $info = New-Map
  foreach ($line in (Read-Text ([System.IO.Path]::Combine($Root, 'bag-info.txt'))).Split([char]10)) {
    $at = $line.IndexOf(':')
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
  Test-That 'Payload-Oxum' ($listed -ceq $oxum) ($listed + ', found ' + $oxum)

  $recipe = [System.IO.Path]::Combine($Root, 'data', '30_query', 'recipe.json')
  $digest = [System.Security.Cryptography.SHA256]::Create().ComputeHash([System.IO.File]::ReadAllBytes($recipe))
  $id = Get-PackId $digest
  Test-That 'Pack id' ((Get-Label $info 'External-Identifier') -ceq $id) ($id + ' follows from recipe.json')
  $said = 'recipe sha256 ' + (ConvertTo-Hex $digest)
  Test-That 'Recipe hash' ((Get-Label $info 'Internal-Sender-Identifier') -ceq $said) $said.Substring(7)

  $lines = (Read-Text ([System.IO.Path]::Combine($Root, 'data', '40_integrity', 'checkpoint.txt'))).Split([char]10)
  $logRoot = ConvertTo-Hex ([System.Convert]::FromBase64String($lines[2]))
  # The recipe is canonical JSON: this text can stand nowhere else in it, since quotes inside a string are escaped.
  $form = '"log":\{"origin":"(?:[^"\\]|\\.)*","root":(?:null|"([0-9a-f]{64})"),"size":([0-9]+)\}'
  $log = [regex]::Match((Read-Text $recipe), $form)
  $holds = $log.Success -and ($log.Groups[2].Value -ceq $lines[1]) -and ((Get-Label $info 'X-Log-Size') -ceq $lines[1])
  if ($log.Groups[1].Success) { $holds = $holds -and ($log.Groups[1].Value -ceq $logRoot) }
  Test-That 'Checkpoint' $holds ('log of ' + $lines[1] + ' leaves, root ' + $logRoot)
}

# Runs one step; what it cannot read is a failed check and not the end.
function Invoke-Step([scriptblock]$Step) {
  try { & $Step }
  catch { Write-Check 'failed' 'Readable data' $_.Exception.Message }
}

$Start = [System.IO.Path]::Combine($PSScriptRoot, '..', '..')
if ($Pack) { $Start = $Pack }
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
  Test-That 'bagit.txt' ($declared -ceq 'BagIt-Version: 1.0') $declared
}
Invoke-Step { Test-Manifest 'manifest-sha256.txt' }
Invoke-Step { Test-Manifest 'tagmanifest-sha256.txt' }
Invoke-Step { Test-OtherFiles }
Invoke-Step { Test-Identity }
$others = 'open verify.html in a browser, or run verify.py with Python'
Write-Check 'skipped' 'Signatures, sign-offs, roots, sample, balance' $others
Write-Output ''
if ($script:Failed.Count -gt 0) {
  Write-Output ('FAILED: ' + ($script:Failed -join ', '))
  exit 1
}
Write-Output 'Nothing failed. Skipped checks are named above.'
exit 0
