# Checks an Exhibit evidence pack. Needs Windows PowerShell 5.1 or newer and nothing else; reads, never writes in the
# pack.
#
#   powershell -ExecutionPolicy Bypass -File data\40_integrity\verify.ps1 [-PubKey KEY] [PACK]
#
# PACK is the pack's folder; without it, the pack this file lies in. KEY is a public key that you have from elsewhere,
# or a file with it: a pack that is signed with another key, or not at all, then fails. One line is printed for each
# check: passed, failed or skipped. The exit code is 0 when nothing failed, 1 when something did, 2 for wrong usage or
# a computer on which this cannot run.
#
# The checks are those of verify.py, in the same order and with the same words. They are the C# below (version 5 of the
# language, of the libraries only mscorlib and System), which PowerShell compiles when this file is run.

param([string]$Pack, [string]$PubKey)

$ErrorActionPreference = 'Stop'

# Where a company's policy lets scripts use nothing of .NET, nothing can be compiled, and no file be hashed.
if ([string]$ExecutionContext.SessionState.LanguageMode -ne 'FullLanguage') {
  'PowerShell is restricted on this computer. Open verify.html in a browser, or use another computer.'
  exit 2
}
if ($args.Count -gt 0) {
  'Usage: verify.ps1 [-PubKey KEY] [PACK]. Put quotation marks around a folder with spaces in its name.'
  exit 2
}

$Source = @'
using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace ExhibitPack {

public sealed class Verifier {
  /* 0 when nothing failed, 1 when something did, 2 when there was nothing to check. */
  public int ExitCode { get; private set; }

  /* The lines to print, those of each step as soon as it is done. `home` is the folder of this file; paths that are not
     absolute are read from `current`. */
  public IEnumerable<string> Run(string pack, string publicKey, string home, string current) {
    ExitCode = 2;
    if (!CanHash()) {
      yield return "This computer computes no SHA-256 here. Open verify.html in a browser, or use another computer.";
      yield break;
    }
    Key known = Arguments.KnownKey(publicKey, current);
    if (known == null && !string.IsNullOrEmpty(publicKey)) {
      yield return "-PubKey takes a public key such as pubkey.txt has, or a file with it.";
      yield break;
    }
    string root = Arguments.Folder(pack, home, current);
    if (!Directory.Exists(root)) {
      yield return root + " is not a folder. Name the pack's folder.";
      yield break;
    }
    yield return "Evidence pack " + Path.GetFileName(root);
    Report report = new Report();
    foreach (Action step in Steps(new Pack(root, report), known)) {
      Try(step, report);
      foreach (string line in report.Lines) yield return line;
      report.Lines.Clear();
    }
    ExitCode = report.Failed.Count > 0 ? 1 : 0;
    yield return "";
    yield return report.Failed.Count > 0
      ? "FAILED: " + string.Join(", ", report.Failed.ToArray())
      : "Nothing failed. Skipped checks are named above.";
  }

  /* Whether "abc" has the hashes of FIPS 180-4 here; a policy of older Windows forbids to compute any. */
  static bool CanHash() {
    byte[] text = { 97, 98, 99 };
    try {
      using (SHA512 longer = SHA512.Create())
        return Bytes.Hex(Bytes.Hash(text)).StartsWith("ba7816bf8f01cfea", StringComparison.Ordinal)
          && Bytes.Hex(longer.ComputeHash(text)).StartsWith("ddaf35a193617aba", StringComparison.Ordinal);
    } catch (Exception) {
      return false;
    }
  }

  static Action[] Steps(Pack pack, Key known) {
    return new Action[] {
      delegate { Bag.Check(pack); },
      delegate { Recipe.Check(pack); },
      delegate { Signatures.Check(pack, pack.ReadRecipe(), known); },
      delegate { Populations.Check(pack, pack.ReadRecipe()); },
      delegate { Answers.Check(pack); },
      delegate { SignOffs.Check(pack, pack.ReadRecipe()); },
      delegate { PdfSignature.Check(pack); },
      delegate { TimeStamps.Check(pack); },
      delegate { Balance.Check(pack); },
    };
  }

  /* What a step cannot read is a failed check and not the end. */
  static void Try(Action step, Report report) {
    try {
      step();
    } catch (PathTooLongException) {
      report.Check("Readable data", false, "a path is too long: move the pack to a folder such as C:\\Pack");
    } catch (Exception error) {
      report.Check("Readable data", false, error.GetType().Name + ": " + Strings.OneLine(error.Message));
    }
  }
}

static class Arguments {
  /* Null for none, and for what is no key. */
  public static Key KnownKey(string publicKey, string current) {
    string file = Absolute(publicKey ?? "", current);
    try {
      return Key.Parse(file != null && File.Exists(file) ? Files.ReadText(file) : publicKey);
    } catch (ArgumentException) {
      // A file that is not text.
      return null;
    }
  }

  public static string Folder(string pack, string home, string current) {
    if (string.IsNullOrEmpty(pack)) return Path.GetFullPath(Path.Combine(home, "..", ".."));
    string folder = Absolute(pack, current);
    // "C:\Pack\" with its quotation marks arrives here with the last of them.
    if (folder == null || !Directory.Exists(folder)) folder = Absolute(pack.TrimEnd('"'), current) ?? pack;
    string whole = folder.TrimEnd('\\', '/');
    return whole.Length == 0 || whole.EndsWith(":", StringComparison.Ordinal) ? folder : whole;
  }

  /* Null for what can be no path here. */
  static string Absolute(string path, string current) {
    try {
      return Path.GetFullPath(Path.Combine(current, path));
    } catch (ArgumentException) {
      return null;
    } catch (NotSupportedException) {
      return null;
    } catch (IOException) {
      return null;
    }
  }
}

/* What was found. */
sealed class Report {
  public readonly List<string> Lines = new List<string>();
  public readonly List<string> Failed = new List<string>();

  public void Say(string status, string name, string detail) {
    Lines.Add(Strings.EscapeLone(status.PadRight(8) + " " + name + ": " + detail));
    if (status == "failed") Failed.Add(name);
  }

  public void Check(string name, bool holds, string detail) {
    Say(holds ? "passed" : "failed", name, detail);
  }

  /* Passes when nothing is wrong. */
  public void Check(string name, List<string> wrong, string passed) {
    Check(name, wrong.Count == 0, wrong.Count > 0 ? string.Join("; ", wrong.ToArray()) : passed);
  }
}

/* The pack's folder; paths inside it have slashes. */
sealed class Pack {
  public const string Manifest = "manifest-sha256.txt";
  public const string TagManifest = "tagmanifest-sha256.txt";
  /* Signs the last manifest, so that none can list it. */
  public const string Signature = "tagmanifest-sha256.txt.sig";

  public readonly string Root;
  public readonly Report Report;
  /* The labels of bag-info.txt. */
  public readonly Dictionary<string, string> Info = new Dictionary<string, string>(StringComparer.Ordinal);

  public Pack(string root, Report report) {
    Root = root;
    Report = report;
  }

  public string PathOf(string path) {
    string separator = Path.DirectorySeparatorChar.ToString();
    string root = Root.EndsWith(separator, StringComparison.Ordinal) ? Root : Root + separator;
    return root + path.Replace("/", separator);
  }

  public string ReadText(string path) {
    return Files.ReadText(PathOf(path));
  }

  /* Null and the system's reason, where there is no such file. */
  public string ReadText(string path, out string reason) {
    byte[] data = null;
    reason = null;
    try {
      data = Files.ReadBytes(PathOf(path));
    } catch (IOException error) {
      reason = Strings.OneLine(error.Message);
    } catch (UnauthorizedAccessException error) {
      reason = Strings.OneLine(error.Message);
    } catch (ArgumentException error) {
      reason = Strings.OneLine(error.Message);
    } catch (NotSupportedException error) {
      reason = Strings.OneLine(error.Message);
    }
    return data == null ? null : Strings.Decode(data);
  }

  /* Null where there is no such file. */
  public string ReadOptional(string path) {
    string reason;
    return ReadText(path, out reason);
  }

  public object ReadRecipe() {
    return Json.Read(ReadText("data/30_query/recipe.json"));
  }

  public string Label(string label) {
    string value;
    return Info.TryGetValue(label, out value) ? value : null;
  }

  /* The names of what lies in a folder of the pack; none where there is no such folder. */
  public string[] NamesIn(string folder) {
    string path = PathOf(folder);
    string[] names = Directory.Exists(path) ? Directory.GetFileSystemEntries(path) : new string[0];
    return Array.ConvertAll<string, string>(names, Path.GetFileName);
  }
}

static class Files {
  /* Others may have it open, as a spreadsheet program has. */
  public static FileStream Open(string file) {
    return new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1 << 16);
  }

  public static byte[] ReadBytes(string file) {
    using (FileStream stream = Open(file)) {
      byte[] data = new byte[checked((int)stream.Length)];
      for (int at = 0; at < data.Length;) {
        int size = stream.Read(data, at, data.Length - at);
        if (size == 0) throw new EndOfStreamException();
        at += size;
      }
      return data;
    }
  }

  public static string ReadText(string file) {
    return Strings.Decode(ReadBytes(file));
  }

  public static string Sha256Of(string file) {
    using (FileStream stream = Open(file)) return Bytes.Hex(Bytes.Sha256.ComputeHash(stream));
  }

  /* Lines without their line feeds, one in memory at a time. */
  public static IEnumerable<byte[]> Lines(string file) {
    using (FileStream stream = Open(file)) {
      byte[] chunk = new byte[1 << 16];
      MemoryStream line = new MemoryStream();
      bool begun = false;
      for (int size = stream.Read(chunk, 0, chunk.Length); size > 0; size = stream.Read(chunk, 0, chunk.Length)) {
        int start = 0;
        for (int end = 0; (end = Array.IndexOf(chunk, (byte)10, start, size - start)) >= 0; start = end + 1) {
          line.Write(chunk, start, end - start);
          yield return line.ToArray();
          line.SetLength(0);
          begun = false;
        }
        line.Write(chunk, start, size - start);
        if (start < size) begun = true;
      }
      if (begun) yield return line.ToArray();
    }
  }

  /* Records of an RFC 4180 file without its header: line feeds outside quotes. */
  public static long CsvRows(string file) {
    long lines = 0;
    bool inside = false;
    using (FileStream stream = Open(file)) {
      byte[] chunk = new byte[1 << 16];
      for (int size = stream.Read(chunk, 0, chunk.Length); size > 0; size = stream.Read(chunk, 0, chunk.Length)) {
        for (int at = 0; at < size; at++) {
          if (chunk[at] == 34) inside = !inside;
          else if (chunk[at] == 10 && !inside) lines++;
        }
      }
    }
    return lines - 1;
  }
}

static class Bytes {
  public static readonly SHA256 Sha256 = SHA256.Create();

  /* The SHA-256 of these, one behind the other. */
  public static byte[] Hash(params byte[][] parts) {
    return Sha256.ComputeHash(Join(parts));
  }

  public static byte[] Join(params byte[][] parts) {
    int size = 0;
    foreach (byte[] part in parts) size += part.Length;
    byte[] whole = new byte[size];
    int at = 0;
    foreach (byte[] part in parts) {
      Buffer.BlockCopy(part, 0, whole, at, part.Length);
      at += part.Length;
    }
    return whole;
  }

  /* What stands from `start` up to `end`, as much of it as there is. */
  public static byte[] Slice(byte[] data, int start, int end) {
    end = Math.Min(end, data.Length);
    byte[] part = new byte[Math.Max(0, end - start)];
    if (part.Length > 0) Buffer.BlockCopy(data, start, part, 0, part.Length);
    return part;
  }

  public static string Hex(byte[] data) {
    return BitConverter.ToString(data).Replace("-", "").ToLowerInvariant();
  }

  public static byte[] FromHex(string text) {
    if (text.Length % 2 != 0) throw new FormatException("half a byte");
    byte[] data = new byte[text.Length / 2];
    for (int at = 0; at < data.Length; at++) data[at] = Convert.ToByte(text.Substring(2 * at, 2), 16);
    return data;
  }

  /* RFC 4648, section 4, with nothing else between its letters. */
  public static byte[] FromBase64(string text) {
    foreach (char one in text) if (Strings.IsSpace(one)) throw new FormatException("not base64");
    return Convert.FromBase64String(text);
  }

  public static bool AreSame(byte[] one, byte[] other) {
    if (one.Length != other.Length) return false;
    for (int at = 0; at < one.Length; at++) if (one[at] != other[at]) return false;
    return true;
  }

  static bool StandsAt(byte[] data, int at, byte[] what) {
    if (at < 0 || at + what.Length > data.Length) return false;
    for (int each = 0; each < what.Length; each++) if (data[at + each] != what[each]) return false;
    return true;
  }

  public static bool StartsWith(byte[] data, byte[] what) {
    return StandsAt(data, 0, what);
  }

  public static int IndexOf(byte[] data, byte[] what, int start) {
    for (int at = start; (at = Array.IndexOf(data, what[0], at)) >= 0; at++) if (StandsAt(data, at, what)) return at;
    throw new FormatException("a line is not an event");
  }

  public static int LastIndexOf(byte[] data, byte[] what) {
    for (int at = data.Length - what.Length; at >= 0; at--) if (StandsAt(data, at, what)) return at;
    throw new FormatException("a line is not an event");
  }
}

static class Strings {
  /* Bytes that are not UTF-8, and halves of surrogate pairs, are errors. */
  static readonly UTF8Encoding Utf8 = new UTF8Encoding(false, true);
  /* A character for each byte. */
  static readonly Encoding Latin1Encoding = Encoding.GetEncoding(28591);

  public static string Decode(byte[] data) {
    return Utf8.GetString(data);
  }

  public static byte[] Encode(string text) {
    return Utf8.GetBytes(text);
  }

  public static string Latin1(byte[] data) {
    return Latin1Encoding.GetString(data);
  }

  public static string Number(long number) {
    return number.ToString(CultureInfo.InvariantCulture);
  }

  public static long ToNumber(string text) {
    return long.Parse(Strip(text), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
  }

  public static bool IsSpace(char one) {
    return char.IsWhiteSpace(one) || (one >= '\u001c' && one <= '\u001f');
  }

  /* Without white space around it. */
  public static string Strip(string text) {
    int start = 0, end = text.Length;
    while (start < end && IsSpace(text[start])) start++;
    while (end > start && IsSpace(text[end - 1])) end--;
    return text.Substring(start, end - start);
  }

  /* The system's own words can be of several lines. */
  public static string OneLine(string text) {
    return text.Replace("\r\n", " ").Replace('\n', ' ');
  }

  /* A lone half of a surrogate pair, which UTF-8 cannot hold, is kept as its escape. */
  public static string EscapeLone(string text) {
    StringBuilder escaped = new StringBuilder(text.Length);
    for (int at = 0; at < text.Length; at++) {
      bool isPair = at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1]);
      if (isPair) escaped.Append(text[at]).Append(text[++at]);
      else if (char.IsSurrogate(text[at])) escaped.Append(Escape(text[at]));
      else escaped.Append(text[at]);
    }
    return escaped.ToString();
  }

  public static string Escape(char one) {
    return "\\u" + ((int)one).ToString("x4", CultureInfo.InvariantCulture);
  }

  /* The text before the first of these marks, and the text behind it, null when there is none. */
  public static string[] Partition(string text, string mark) {
    int at = text.IndexOf(mark, StringComparison.Ordinal);
    if (at < 0) return new string[] { text, null };
    return new string[] { text.Substring(0, at), text.Substring(at + mark.Length) };
  }
}

/* JSON (RFC 8259) as text, true, false, null, List<object>, Dictionary<string, object>, and a number as it was written,
   since a double holds not all of them. Of members with the same name the last one counts. */
sealed class JsonNumber {
  public readonly string Text;

  public JsonNumber(string text) {
    Text = text == "-0" ? "0" : text;
  }
}

sealed class Json {
  const int DeepestNesting = 900;
  readonly string text;
  int at;

  Json(string text) {
    this.text = text;
  }

  public static object Read(string text) {
    Json reader = new Json(text);
    object value = reader.ReadValue(0);
    reader.SkipSpace();
    if (reader.at != text.Length) throw reader.Fault();
    return value;
  }

  FormatException Fault() {
    return new FormatException("not JSON from character " + Strings.Number(at));
  }

  void SkipSpace() {
    while (at < text.Length && " \t\r\n".IndexOf(text[at]) >= 0) at++;
  }

  /* Whether this comes next; it is passed over then. */
  bool Passes(string what) {
    if (string.CompareOrdinal(text, at, what, 0, what.Length) != 0) return false;
    at += what.Length;
    return true;
  }

  void Demand(string what) {
    SkipSpace();
    if (!Passes(what)) throw Fault();
  }

  object ReadValue(int depth) {
    SkipSpace();
    if (depth > DeepestNesting || at == text.Length) throw Fault();
    if (text[at] == '"') return ReadText();
    if (Passes("{")) return ReadMembers(depth);
    if (Passes("[")) return ReadElements(depth);
    if (Passes("true")) return true;
    if (Passes("false")) return false;
    if (Passes("null")) return null;
    return ReadNumber();
  }

  Dictionary<string, object> ReadMembers(int depth) {
    Dictionary<string, object> members = new Dictionary<string, object>(StringComparer.Ordinal);
    SkipSpace();
    if (Passes("}")) return members;
    while (true) {
      SkipSpace();
      string name = ReadText();
      Demand(":");
      members[name] = ReadValue(depth + 1);
      SkipSpace();
      if (Passes("}")) return members;
      Demand(",");
    }
  }

  List<object> ReadElements(int depth) {
    List<object> elements = new List<object>();
    SkipSpace();
    if (Passes("]")) return elements;
    while (true) {
      elements.Add(ReadValue(depth + 1));
      SkipSpace();
      if (Passes("]")) return elements;
      Demand(",");
    }
  }

  static readonly Regex NumberForm = new Regex(@"\G-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?");

  JsonNumber ReadNumber() {
    Match found = NumberForm.Match(text, at);
    if (!found.Success) throw Fault();
    at += found.Length;
    return new JsonNumber(found.Value);
  }

  string ReadText() {
    if (!Passes("\"")) throw Fault();
    StringBuilder value = new StringBuilder();
    while (at < text.Length) {
      char one = text[at++];
      if (one == '"') return value.ToString();
      if (one < ' ') throw Fault();
      value.Append(one == '\\' ? ReadEscape() : one);
    }
    throw Fault();
  }

  char ReadEscape() {
    if (at == text.Length) throw Fault();
    char one = text[at++];
    int known = "\"\\/bfnrt".IndexOf(one);
    if (known >= 0) return "\"\\/\b\f\n\r\t"[known];
    int code;
    if (one != 'u' || at + 4 > text.Length) throw Fault();
    if (!int.TryParse(text.Substring(at, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out code))
      throw Fault();
    at += 4;
    return (char)code;
  }

  /* The member of that name, which has to be there. */
  public static object Get(object value, string name) {
    object member;
    if (((Dictionary<string, object>)value).TryGetValue(name, out member)) return member;
    throw new KeyNotFoundException(name);
  }

  /* The member of that name, or null. */
  public static object Find(object value, string name) {
    object member;
    return ((Dictionary<string, object>)value).TryGetValue(name, out member) ? member : null;
  }

  public static List<object> GetList(object value, string name) {
    List<object> elements = (List<object>)Get(value, name);
    if (elements == null) throw new InvalidCastException(name + " is no list");
    return elements;
  }

  public static string GetText(object value, string name) {
    string member = (string)Get(value, name);
    if (member == null) throw new InvalidCastException(name + " is no text");
    return member;
  }

  public static long GetNumber(object value, string name) {
    return Strings.ToNumber(((JsonNumber)Get(value, name)).Text);
  }

  public static bool AreSame(object one, object other) {
    return Write(one) == Write(other);
  }

  /* Without white space, members in the order of their names; numbers as they were written. */
  public static string Write(object value) {
    StringBuilder written = new StringBuilder();
    Write(value, written);
    return written.ToString();
  }

  static void Write(object value, StringBuilder written) {
    string text = value as string;
    JsonNumber number = value as JsonNumber;
    List<object> elements = value as List<object>;
    if (value == null) written.Append("null");
    else if (text != null) written.Append(Quote(text, false));
    else if (number != null) written.Append(number.Text);
    else if (value is bool) written.Append((bool)value ? "true" : "false");
    else if (elements != null) WriteElements(elements, written);
    else WriteMembers((Dictionary<string, object>)value, written);
  }

  static void WriteElements(List<object> elements, StringBuilder written) {
    written.Append('[');
    for (int at = 0; at < elements.Count; at++) {
      if (at > 0) written.Append(',');
      Write(elements[at], written);
    }
    written.Append(']');
  }

  static void WriteMembers(Dictionary<string, object> members, StringBuilder written) {
    List<string> names = new List<string>(members.Keys);
    names.Sort(StringComparer.Ordinal);
    written.Append('{');
    for (int at = 0; at < names.Count; at++) {
      if (at > 0) written.Append(',');
      written.Append(Quote(names[at], false)).Append(':');
      Write(members[names[at]], written);
    }
    written.Append('}');
  }

  public static string Quote(string text, bool isAscii) {
    StringBuilder quoted = new StringBuilder("\"");
    foreach (char one in text) {
      int known = "\"\\\b\f\n\r\t".IndexOf(one);
      if (known >= 0) quoted.Append('\\').Append("\"\\bfnrt"[known]);
      else if (one < ' ' || (isAscii && one > '~')) quoted.Append(Strings.Escape(one));
      else quoted.Append(one);
    }
    return quoted.Append('"').ToString();
  }
}

/* The files of the bag (RFC 8493): none changed, missing or added. */
static class Bag {
  /* Made by file managers when somebody only looks at a folder. */
  static readonly string[] Ignored = { ".DS_Store", "Thumbs.db", "desktop.ini" };
  static readonly bool IsWindows = Path.DirectorySeparatorChar == '\\';
  /* Windows PowerShell finds no file whose path has as many characters. */
  const int LongPath = 260;

  public static void Check(Pack pack) {
    CheckDeclaration(pack);
    SortedDictionary<string, string> entries = CheckManifest(pack, Pack.Manifest);
    SortedDictionary<string, string> tags = CheckManifest(pack, Pack.TagManifest);
    CheckOthers(pack, entries, tags);
  }

  static void CheckDeclaration(Pack pack) {
    string reason, declared = pack.ReadText("bagit.txt", out reason);
    declared = Strings.Strip((declared ?? reason).Split('\n')[0]);
    pack.Report.Check("bagit.txt", declared == "BagIt-Version: 1.0", declared);
  }

  /* Lines of `sha256  path`; RFC 8493 writes %, CR and LF in a path as %25, %0D and %0A. */
  static SortedDictionary<string, string> ReadManifest(string text) {
    SortedDictionary<string, string> entries = new SortedDictionary<string, string>(StringComparer.Ordinal);
    foreach (string line in text.Split('\n')) {
      string rest = Strings.Strip(line);
      if (rest.Length == 0) continue;
      int end = 0;
      while (end < rest.Length && !Strings.IsSpace(rest[end])) end++;
      if (end == rest.Length) throw new FormatException("a line is no entry: " + rest);
      string path = line.Substring(line.IndexOf(rest, StringComparison.Ordinal) + end);
      while (Strings.IsSpace(path[0])) path = path.Substring(1);
      path = path.Replace("%0A", "\n").Replace("%0D", "\r").Replace("%25", "%");
      if (entries.ContainsKey(path)) throw new FormatException(path + " is listed twice");
      if (LeadsOut(path)) throw new FormatException(path + " leads out of the pack");
      entries.Add(path, rest.Substring(0, end).ToLowerInvariant());
    }
    return entries;
  }

  static bool LeadsOut(string path) {
    bool hasDrive = IsWindows && path.Length > 1 && path[1] == ':';
    return path[0] == '/' || hasDrive || path.IndexOf('\\') >= 0 || Array.IndexOf(path.Split('/'), "..") >= 0;
  }

  static SortedDictionary<string, string> CheckManifest(Pack pack, string name) {
    SortedDictionary<string, string> entries;
    try {
      entries = ReadManifest(pack.ReadText(name));
    } catch (Exception error) {
      pack.Report.Check(name, false, Strings.OneLine(error.Message));
      return new SortedDictionary<string, string>();
    }
    List<string> wrong = new List<string>();
    foreach (KeyValuePair<string, string> entry in entries) {
      string fault = FaultOf(pack.PathOf(entry.Key), entry.Value);
      if (fault != null) wrong.Add(entry.Key + fault);
    }
    pack.Report.Check(name, wrong, Strings.Number(entries.Count) + " files, every SHA-256 is right");
    return entries;
  }

  static string FaultOf(string file, string digest) {
    if (File.Exists(file)) return Files.Sha256Of(file) == digest ? null : " was changed";
    if (!IsWindows || file.Length < LongPath) return " is missing";
    return " is missing, or its path is too long: move the pack to a folder such as C:\\Pack";
  }

  static void CheckOthers(
    Pack pack, SortedDictionary<string, string> entries, SortedDictionary<string, string> tags
  ) {
    List<string> extra = new List<string>(), ignored = new List<string>();
    long total = 0, payload = 0;
    foreach (string path in Walk(pack, "")) {
      bool isPayload = path.StartsWith("data/", StringComparison.Ordinal);
      string name = path.Substring(path.LastIndexOf('/') + 1);
      if (Array.IndexOf(Ignored, name) >= 0) {
        ignored.Add(name);
      } else if (isPayload) {
        payload++;
        total += new FileInfo(pack.PathOf(path)).Length;
        if (!entries.ContainsKey(path)) extra.Add(path);
      } else if (!tags.ContainsKey(path) && path != Pack.TagManifest && path != Pack.Signature) {
        if (!entries.ContainsKey(path)) extra.Add(path);
      }
    }
    extra.Sort(StringComparer.Ordinal);
    ignored.Sort(StringComparer.Ordinal);
    string listed = "every file is listed";
    if (ignored.Count > 0) listed += " (ignored: " + string.Join(", ", ignored.ToArray()) + ")";
    string others = "not listed: " + string.Join(", ", extra.ToArray());
    pack.Report.Check("No other files", extra.Count == 0, extra.Count > 0 ? others : listed);

    ReadInfo(pack);
    string oxum = Strings.Number(total) + "." + Strings.Number(payload);
    string said = pack.Label("Payload-Oxum");
    pack.Report.Check("Payload-Oxum", said == oxum, (said ?? "nothing") + ", found " + oxum);
  }

  /* Every file below a folder, which ends in a slash. What a link leads to is not in the pack; on Windows, folders that
     are kept in a cloud look like links, so that all of them are searched, and what lies elsewhere is not listed. */
  static IEnumerable<string> Walk(Pack pack, string folder) {
    string full = pack.PathOf(folder);
    foreach (string file in Directory.GetFiles(full)) yield return folder + Path.GetFileName(file);
    foreach (string inner in Directory.GetDirectories(full)) {
      if (!IsWindows && (File.GetAttributes(inner) & FileAttributes.ReparsePoint) != 0) continue;
      foreach (string path in Walk(pack, folder + Path.GetFileName(inner) + "/")) yield return path;
    }
  }

  static void ReadInfo(Pack pack) {
    string reason, text = pack.ReadText("bag-info.txt", out reason);
    if (text == null) pack.Report.Check("bag-info.txt", false, reason);
    foreach (string line in (text ?? "").Split('\n')) {
      string[] parts = Strings.Partition(line, ":");
      pack.Info[parts[0]] = Strings.Strip(parts[1] ?? "");
    }
  }
}

/* The pack's id follows from its recipe, and its checkpoint is of the log that the recipe names. */
static class Recipe {
  public static void Check(Pack pack) {
    byte[] data = Files.ReadBytes(pack.PathOf("data/30_query/recipe.json"));
    byte[] digest = Bytes.Hash(data);
    string id = PackId(digest);
    pack.Report.Check("Pack id", pack.Label("External-Identifier") == id, id + " follows from recipe.json");
    string hash = "sha256 " + Bytes.Hex(digest);
    pack.Report.Check("Recipe hash", pack.Label("Internal-Sender-Identifier") == "recipe " + hash, hash);
    CheckCheckpoint(pack, Json.Read(Strings.Decode(data)));
  }

  /* The first 80 bits as base32 (RFC 4648), four by four. */
  static string PackId(byte[] digest) {
    StringBuilder id = new StringBuilder("EX");
    for (int letter = 0; letter < 16; letter++) {
      int value = 0;
      for (int bit = 5 * letter; bit < 5 * letter + 5; bit++)
        value = 2 * value + ((digest[bit / 8] >> (7 - bit % 8)) & 1);
      if (letter % 4 == 0) id.Append('-');
      id.Append("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[value]);
    }
    return id.ToString();
  }

  static void CheckCheckpoint(Pack pack, object recipe) {
    string[] lines = pack.ReadText("data/40_integrity/checkpoint.txt").Split('\n');
    string size = lines[1], root = Bytes.Hex(Bytes.FromBase64(lines[2]));
    object log = Json.Get(recipe, "log");
    bool holds = Strings.ToNumber(size) == Json.GetNumber(log, "size");
    object listed = Json.Get(log, "root");
    holds = holds && (listed == null || Json.AreSame(listed, root)) && pack.Label("X-Log-Size") == size;
    pack.Report.Check("Checkpoint", holds, "log of " + size + " leaves, root " + root);
  }
}

/* Numbers modulo P = 2^255 - 19: sixteen limbs of 16 bits, the lowest first. Sums and differences are not carried, so
   that a limb can be negative or too large for a while: a long holds every product of those that occur here. */
static class Field {
  const int Size = 16;
  public static readonly long[] Zero = Small(0);
  public static readonly long[] One = Small(1);

  public static long[] Small(long number) {
    long[] limbs = new long[Size];
    limbs[0] = number;
    return limbs;
  }

  public static long[] Add(long[] a, long[] b) {
    long[] sum = new long[Size];
    for (int at = 0; at < Size; at++) sum[at] = a[at] + b[at];
    return sum;
  }

  public static long[] Subtract(long[] a, long[] b) {
    long[] difference = new long[Size];
    for (int at = 0; at < Size; at++) difference[at] = a[at] - b[at];
    return difference;
  }

  public static long[] Multiply(long[] a, long[] b) {
    long[] wide = new long[2 * Size];
    for (int i = 0; i < Size; i++) for (int j = 0; j < Size; j++) wide[i + j] += a[i] * b[j];
    long[] product = new long[Size];
    // 2^256 is 38 modulo P.
    for (int at = 0; at < Size; at++) product[at] = wide[at] + 38 * wide[at + Size];
    Carry(product);
    Carry(product);
    return product;
  }

  static void Carry(long[] limbs) {
    for (int at = 0; at < Size; at++) {
      long carry = limbs[at] >> 16;
      limbs[at] -= carry << 16;
      if (at < Size - 1) limbs[at + 1] += carry;
      else limbs[0] += 38 * carry;
    }
  }

  /* The exponent is little-endian. */
  public static long[] Power(long[] number, byte[] exponent) {
    long[] power = One;
    for (int bit = 8 * exponent.Length - 1; bit >= 0; bit--) {
      power = Multiply(power, power);
      if (((exponent[bit / 8] >> (bit % 8)) & 1) == 1) power = Multiply(power, number);
    }
    return power;
  }

  /* An exponent between 2^240 and 2^256 whose middle bytes are all 255. */
  public static byte[] Exponent(byte lowest, byte highest) {
    byte[] exponent = new byte[32];
    for (int at = 0; at < 32; at++) exponent[at] = 0xff;
    exponent[0] = lowest;
    exponent[31] = highest;
    return exponent;
  }

  /* To the power of P - 2 = 2^255 - 21. */
  public static long[] Invert(long[] number) {
    return Power(number, Exponent(0xeb, 0x7f));
  }

  /* Little-endian, at most 255 bits. */
  public static long[] FromBytes(byte[] data) {
    long[] limbs = new long[Size];
    for (int at = 0; at < Size; at++) limbs[at] = data[2 * at] | (data[2 * at + 1] << 8);
    return limbs;
  }

  /* The number from 0 to P - 1, little-endian. */
  public static byte[] ToBytes(long[] number) {
    long[] limbs = (long[])number.Clone();
    for (int times = 0; times < 3; times++) Carry(limbs);
    for (long[] less = MinusP(limbs); less != null; less = MinusP(limbs)) limbs = less;
    byte[] data = new byte[32];
    for (int at = 0; at < 32; at++) data[at] = (byte)(limbs[at / 2] >> (8 * (at % 2)));
    return data;
  }

  /* Null for a number below P. */
  static long[] MinusP(long[] limbs) {
    long[] less = new long[Size];
    long borrow = 0;
    for (int at = 0; at < Size; at++) {
      long limb = at == 0 ? 0xffed : at == Size - 1 ? 0x7fff : 0xffff;
      less[at] = limbs[at] - limb - borrow;
      borrow = less[at] < 0 ? 1 : 0;
      less[at] += borrow << 16;
    }
    return borrow == 0 ? less : null;
  }

  public static bool IsZero(long[] number) {
    return Bytes.AreSame(ToBytes(number), new byte[32]);
  }

  public static bool AreSame(long[] a, long[] b) {
    return IsZero(Subtract(a, b));
  }
}

/* Ed25519 after RFC 8032, section 5.1: points of the curve -x^2 + y^2 = 1 + d x^2 y^2 as (X, Y, Z, T) with x = X/Z,
   y = Y/Z, x*y = T/Z. It only verifies, so that nothing here has to be kept from who measures the time it takes. */
static class Ed25519 {
  /* 2^252 + 27742317777372353535851937790883648493, little-endian. */
  static readonly byte[] Order =
    Bytes.FromHex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
  static readonly long[] D =
    Field.Multiply(Field.Small(-121665), Field.Invert(Field.Small(121666)));
  /* A square root of -1: 2 to the power of (P - 1) / 4 = 2^253 - 5. */
  static readonly long[] RootOfMinusOne = Field.Power(Field.Small(2), Field.Exponent(0xfb, 0x1f));
  static readonly long[][] Base =
    DecodePoint(Field.ToBytes(Field.Multiply(Field.Small(4), Field.Invert(Field.Small(5)))));

  static long[][] AddPoints(long[][] p, long[][] q) {
    long[] a = Field.Multiply(Field.Subtract(p[1], p[0]), Field.Subtract(q[1], q[0]));
    long[] b = Field.Multiply(Field.Add(p[1], p[0]), Field.Add(q[1], q[0]));
    long[] c = Field.Multiply(Field.Multiply(Field.Add(p[3], p[3]), q[3]), D);
    long[] d = Field.Multiply(Field.Add(p[2], p[2]), q[2]);
    long[] e = Field.Subtract(b, a), f = Field.Subtract(d, c), g = Field.Add(d, c), h = Field.Add(b, a);
    return new long[][] {
      Field.Multiply(e, f), Field.Multiply(g, h), Field.Multiply(f, g), Field.Multiply(e, h)
    };
  }

  /* The number is little-endian. */
  static long[][] MultiplyPoint(byte[] number, long[][] p) {
    long[][] product = { Field.Zero, Field.One, Field.One, Field.Zero };
    for (int bit = 0; bit < 8 * number.Length; bit++) {
      if (((number[bit / 8] >> (bit % 8)) & 1) == 1) product = AddPoints(product, p);
      p = AddPoints(p, p);
    }
    return product;
  }

  /* Section 5.1.3; null for what is no point. */
  static long[][] DecodePoint(byte[] data) {
    int sign = data[31] >> 7;
    byte[] low = (byte[])data.Clone();
    low[31] &= 0x7f;
    long[] y = Field.FromBytes(low);
    // P or more is another way to write a smaller number.
    if (!Bytes.AreSame(Field.ToBytes(y), low)) return null;
    long[] yy = Field.Multiply(y, y);
    long[] below = Field.Invert(Field.Add(Field.Multiply(D, yy), Field.One));
    long[] square = Field.Multiply(Field.Subtract(yy, Field.One), below);
    // To the power of (P + 3) / 8 = 2^252 - 2.
    long[] x = Field.Power(square, Field.Exponent(0xfe, 0x0f));
    if (!Field.AreSame(Field.Multiply(x, x), square)) x = Field.Multiply(x, RootOfMinusOne);
    if (!Field.AreSame(Field.Multiply(x, x), square) || (Field.IsZero(x) && sign == 1)) return null;
    if ((Field.ToBytes(x)[0] & 1) != sign) x = Field.Subtract(Field.Zero, x);
    return new long[][] { x, y, Field.One, Field.Multiply(x, y) };
  }

  static byte[] EncodePoint(long[][] p) {
    long[] inverse = Field.Invert(p[2]);
    byte[] x = Field.ToBytes(Field.Multiply(p[0], inverse)), data = Field.ToBytes(Field.Multiply(p[1], inverse));
    data[31] |= (byte)((x[0] & 1) << 7);
    return data;
  }

  static bool IsBelow(byte[] number, byte[] other) {
    for (int at = 31; at >= 0; at--) if (number[at] != other[at]) return number[at] < other[at];
    return false;
  }

  /* What is left of a little-endian number when it is divided by the order: bit by bit, as on paper. */
  static byte[] ModOrder(byte[] number) {
    byte[] rest = new byte[32];
    for (int bit = 8 * number.Length - 1; bit >= 0; bit--) {
      int carry = (number[bit / 8] >> (bit % 8)) & 1;
      for (int at = 0; at < 32; at++) {
        int twice = 2 * rest[at] + carry;
        rest[at] = (byte)twice;
        carry = twice >> 8;
      }
      if (IsBelow(rest, Order)) continue;
      int borrow = 0;
      for (int at = 0; at < 32; at++) {
        int less = rest[at] - Order[at] - borrow;
        rest[at] = (byte)less;
        borrow = less < 0 ? 1 : 0;
      }
    }
    return rest;
  }

  /* Section 5.1.7. */
  public static bool Verify(byte[] publicKey, byte[] message, byte[] signature) {
    long[][] point = DecodePoint(publicKey);
    if (point == null || signature.Length != 64) return false;
    byte[] r = Bytes.Slice(signature, 0, 32), number = Bytes.Slice(signature, 32, 64);
    if (!IsBelow(number, Order)) return false;
    byte[] digest;
    using (SHA512 sha = SHA512.Create()) digest = sha.ComputeHash(Bytes.Join(r, publicKey, message));
    long[][] minus = {
      Field.Subtract(Field.Zero, point[0]), point[1], point[2], Field.Subtract(Field.Zero, point[3])
    };
    long[][] found = AddPoints(MultiplyPoint(number, Base), MultiplyPoint(ModOrder(digest), minus));
    return Bytes.AreSame(EncodePoint(found), r);
  }
}

/* The key of a log, `name+id+base64(0x01 || public key)`; see c2sp.org/signed-note. */
sealed class Key {
  public string Name, Id;
  public byte[] Public;

  /* Null for what is no such key. */
  public static Key Parse(string text) {
    string[] parts = Strings.Strip(text ?? "").Split(new char[] { '+' }, 3);
    byte[] data;
    try {
      data = Bytes.FromBase64(parts[2]);
    } catch (FormatException) {
      return null;
    } catch (IndexOutOfRangeException) {
      return null;
    }
    if (data.Length != 33 || data[0] != 1) return null;
    string id = Bytes.Hex(Bytes.Hash(Strings.Encode(parts[0] + "\n"), data)).Substring(0, 8);
    if (id != parts[1]) return null;
    return new Key { Name = parts[0], Id = id, Public = Bytes.Slice(data, 1, 33) };
  }

  public bool IsSame(Key other) {
    return Name == other.Name && Id == other.Id && Bytes.AreSame(Public, other.Public);
  }
}

/* A text and the signatures below it; see c2sp.org/signed-note. */
static class Note {
  /* The signed text: all before the last empty line; without one, nobody signed. */
  public static string TextOf(string note) {
    int end = note.LastIndexOf("\n\n", StringComparison.Ordinal);
    return end < 0 ? note : note.Substring(0, end + 1);
  }

  /* Whether the key signed this note: each line that claims its name and id is right, and there is one. */
  public static bool IsSigned(string note, Key key) {
    string text = TextOf(note);
    string below = note.Length > text.Length ? note.Substring(text.Length + 1) : "";
    bool found = false;
    foreach (string line in below.Split('\n')) {
      if (line.Length == 0) continue;
      string[] parts = line.Split(' ');
      if (parts.Length != 3 || parts[0] != "\u2014") return false;
      byte[] data = Bytes.FromBase64(parts[2]);
      if (parts[1] != key.Name || Bytes.Hex(Bytes.Slice(data, 0, 4)) != key.Id) continue;
      found = true;
      if (!Ed25519.Verify(key.Public, Strings.Encode(text), Bytes.Slice(data, 4, data.Length))) return false;
    }
    return found;
  }
}

static class Signatures {
  const string OfCheckpoint = "Signature of the checkpoint", OfPack = "Signature of the pack", Known = "Known key";

  public static void Check(Pack pack, object recipe, Key known) {
    string signing = (string)Json.Find(recipe, "signing");
    Key key = Key.Parse(signing);
    string own = pack.ReadOptional("data/40_integrity/pubkey.txt"), seal = pack.ReadOptional(Pack.Signature);
    if (key == null) {
      CheckUnsigned(pack, !string.IsNullOrEmpty(signing) || own != null || seal != null, known);
      return;
    }
    string fingerprint = Bytes.Hex(Bytes.Hash(key.Public));
    string fault = FaultOfCheckpoint(pack, key, Strings.Strip(own ?? "") == signing);
    string passed = "signed by " + key.Name + ", key fingerprint " + fingerprint;
    pack.Report.Check(OfCheckpoint, fault == null, fault ?? passed);
    fault = FaultOfSeal(pack, key, seal);
    pack.Report.Check(OfPack, fault == null, fault ?? "tagmanifest-sha256.txt is the one that was signed");
    CheckKnown(pack, key, known, fingerprint);
  }

  static void CheckUnsigned(Pack pack, bool hasSignature, Key known) {
    foreach (string name in new string[] { OfCheckpoint, OfPack }) {
      if (hasSignature) pack.Report.Check(name, false, "signed with a key that recipe.json does not name");
      else pack.Report.Say("skipped", name, "this pack is not signed");
    }
    if (known != null) pack.Report.Check(Known, false, "this pack is not signed");
  }

  static string FaultOfCheckpoint(Pack pack, Key key, bool isNamed) {
    string checkpoint = pack.ReadText("data/40_integrity/checkpoint.txt");
    if (!isNamed) return "data/40_integrity/pubkey.txt is not the key that recipe.json names";
    if (checkpoint.Split('\n')[0] != key.Name) return "not a checkpoint of the log that the key signs for";
    return Note.IsSigned(checkpoint, key) ? null : "not signed with the key that recipe.json names";
  }

  static string FaultOfSeal(Pack pack, Key key, string seal) {
    string digest = Files.Sha256Of(pack.PathOf(Pack.TagManifest));
    string id = pack.Label("External-Identifier");
    string text = "exhibit/pack@v1\n" + id + "\n" + digest + "  tagmanifest-sha256.txt\n";
    if (seal == null) return Pack.Signature + " is missing";
    if (Note.TextOf(seal) != text) return Pack.Signature + " does not speak of this tagmanifest-sha256.txt";
    return Note.IsSigned(seal, key) ? null : Pack.Signature + " is not signed with the key that recipe.json names";
  }

  static void CheckKnown(Pack pack, Key key, Key known, string fingerprint) {
    const string unknown = "none was named: compare the fingerprint with one that you have from elsewhere";
    if (known == null)
      pack.Report.Say("skipped", Known, unknown);
    else if (known.IsSame(key))
      pack.Report.Check(Known, true, "the key is the one that was named");
    else
      pack.Report.Check(Known, false, "signed with another key, fingerprint " + fingerprint);
  }
}

/* A Merkle tree as in RFC 6962, section 2.1, kept as the roots of its perfect subtrees. */
sealed class Tree {
  public long Size;
  readonly List<byte[]> peaks = new List<byte[]>();

  public static byte[] Leaf(byte[] data) {
    return Bytes.Hash(new byte[] { 0 }, data);
  }

  public static byte[] Node(byte[] left, byte[] right) {
    return Bytes.Hash(new byte[] { 1 }, left, right);
  }

  public void Append(byte[] leaf) {
    for (long rest = Size; (rest & 1) == 1; rest >>= 1) {
      leaf = Node(peaks[peaks.Count - 1], leaf);
      peaks.RemoveAt(peaks.Count - 1);
    }
    peaks.Add(leaf);
    Size++;
  }

  public string Root() {
    if (peaks.Count == 0) return Bytes.Hex(Bytes.Hash());
    byte[] right = peaks[peaks.Count - 1];
    for (int at = peaks.Count - 2; at >= 0; at--) right = Node(peaks[at], right);
    return Bytes.Hex(right);
  }
}

/* What is read of an event's line without parsing it: its quotes inside texts are escaped, so that these bytes can only
   be the event's own members. */
static class EventLine {
  static readonly byte[] CategoryMark = Strings.Encode(",\"category\":\""), UidMark = Strings.Encode(",\"uid\":\"");

  public static string CategoryOf(byte[] line) {
    int start = Bytes.IndexOf(line, CategoryMark, 0) + CategoryMark.Length;
    return Strings.Decode(Bytes.Slice(line, start, Bytes.IndexOf(line, new byte[] { 34 }, start)));
  }

  public static string UidOf(byte[] line) {
    return Strings.Decode(Bytes.Slice(line, Bytes.LastIndexOf(line, UidMark) + UidMark.Length, line.Length - 2));
  }
}

/* The frozen populations: as many rows as listed, in the order that gives their roots; and what is sampled of them. */
static class Populations {
  public static void Check(Pack pack, object recipe) {
    List<object> populations = (List<object>)Json.Read(pack.ReadText("data/30_query/populations.json"));
    object whole = populations[0];
    List<object> parts = populations.GetRange(1, populations.Count - 1);
    Dictionary<string, Tree> trees = new Dictionary<string, Tree>(StringComparer.Ordinal);
    foreach (object population in populations) trees[Json.GetText(population, "id")] = new Tree();
    Dictionary<string, string> homes = HomesOf(parts);
    List<Sample> samples = new List<Sample>();
    foreach (object asked in Json.GetList(recipe, "samples")) samples.Add(new Sample(asked, RowsOf(whole, asked)));
    Proofs proofs = new Proofs(pack, recipe);
    foreach (byte[] line in Files.Lines(pack.PathOf(Json.GetText(whole, "ndjson")))) {
      byte[] leaf = Tree.Leaf(line);
      string category = EventLine.CategoryOf(line), home;
      trees[Json.GetText(whole, "id")].Append(leaf);
      trees[homes.TryGetValue(category, out home) ? home : "P-09"].Append(leaf);
      foreach (Sample sample in samples) sample.See(line, category);
      proofs.See(line);
    }
    foreach (object one in populations) CheckPopulation(pack, one, trees[Json.GetText(one, "id")]);
    long rows = 0;
    foreach (object part in parts) rows += Json.GetNumber(part, "rows");
    long all = Json.GetNumber(whole, "rows");
    string sum = Strings.Number(rows) + " rows in the areas, " + Strings.Number(all) + " in all";
    pack.Report.Check("Areas add up", rows == all, sum);
    if (samples.Count == 0) pack.Report.Say("skipped", "Sample", "none was asked for");
    for (int at = 0; at < samples.Count; at++) samples[at].Check(pack, at + 1);
    proofs.Judge();
  }

  static Dictionary<string, string> HomesOf(List<object> parts) {
    Dictionary<string, string> homes = new Dictionary<string, string>(StringComparer.Ordinal);
    foreach (object part in parts)
      foreach (object category in Json.GetList(part, "categories")) homes[(string)category] = Json.GetText(part, "id");
    return homes;
  }

  /* Rows that it lists for the categories of a sample, all of them when there are none. */
  static long RowsOf(object population, object asked) {
    List<object> categories = Json.GetList(asked, "categories");
    if (categories.Count == 0) return Json.GetNumber(population, "rows");
    object listed = Json.Get(population, "rowsByCategory");
    long rows = 0;
    foreach (object category in categories)
      if (Json.Find(listed, (string)category) != null) rows += Json.GetNumber(listed, (string)category);
    return rows;
  }

  static void CheckPopulation(Pack pack, object population, Tree tree) {
    long rows = Files.CsvRows(pack.PathOf(Json.GetText(population, "csv")));
    long listed = Json.GetNumber(population, "rows");
    string root = tree.Root(), listedRoot = Json.GetText(population, "root");
    bool holds = tree.Size == listed && listed == rows && root == listedRoot;
    string detail = Strings.Number(tree.Size) + " rows, root " + root;
    string others = "; listed " + Strings.Number(listed) + " rows, root " + listedRoot;
    if (!holds) detail += others + "; CSV " + Strings.Number(rows) + " rows";
    pack.Report.Check("Population " + Json.GetText(population, "id"), holds, detail);
  }
}

/* Each sampled row against the log: its leaf from the row as the population has it, and the way up to the root. */
sealed class Proofs {
  /* Larger samples have no proofs. */
  const int MostProofs = 10000;
  /* What an event's leaf covers beside its record. */
  static readonly string[] Normalised = (
    "action actor actorType category field ip newValue oldValue outcome scope subject " +
    "targetId targetName targetType time timeBasis timeText"
  ).Split(' ');

  readonly Pack pack;
  readonly object recipe;
  /* The ids of the sampled rows in the order of the samples, the texts that they have there, and in the population. */
  readonly List<string> uids = new List<string>();
  readonly Dictionary<string, List<string>> listed = new Dictionary<string, List<string>>(StringComparer.Ordinal);
  readonly Dictionary<string, string> lines = new Dictionary<string, string>(StringComparer.Ordinal);

  public Proofs(Pack pack, object recipe) {
    this.pack = pack;
    this.recipe = recipe;
    for (int number = 1; number <= Json.GetList(recipe, "samples").Count; number++)
      foreach (string line in (pack.ReadOptional(Sample.FileOf(number)) ?? "").Split('\n'))
        if (line.Length > 0) AddListed(line);
  }

  void AddListed(string line) {
    int start = "{\"event\":".Length, end = line.LastIndexOf(",\"rank\":", StringComparison.Ordinal);
    if (end < 0) throw new FormatException("a line of a sample is no row");
    string uid = Json.GetText(Json.Get(Json.Read(line), "event"), "uid");
    List<string> own;
    if (!listed.TryGetValue(uid, out own)) {
      uids.Add(uid);
      listed[uid] = own = new List<string>();
    }
    own.Add(end > start ? line.Substring(start, end - start) : "");
  }

  public void See(byte[] line) {
    string uid = EventLine.UidOf(line);
    if (listed.ContainsKey(uid)) lines[uid] = Strings.Decode(line);
  }

  public void Judge() {
    object redaction = Json.Find(recipe, "redaction");
    if (uids.Count == 0) {
      pack.Report.Say("skipped", "Proofs", "no row was sampled");
    } else if (redaction != null) {
      pack.Report.Say("skipped", "Proofs", "rows are redacted, and a leaf could tell whom they name");
    } else if (uids.Count > MostProofs) {
      string most = Strings.Number(MostProofs);
      pack.Report.Say("skipped", "Proofs", "samples of more than " + most + " rows have none");
    } else {
      string checkpoint = pack.ReadText("data/40_integrity/checkpoint.txt");
      List<string> wrong = new List<string>();
      foreach (string uid in uids) {
        string fault = FaultOf(uid, checkpoint);
        if (fault != null) wrong.Add("row " + uid + ": " + fault);
      }
      string passed = Strings.Number(uids.Count) + " rows lead to the root of the log, each from its leaf";
      pack.Report.Check("Proofs", wrong, passed);
    }
  }

  string FaultOf(string uid, string checkpoint) {
    string line;
    if (!lines.TryGetValue(uid, out line)) return "not in the population";
    foreach (string own in listed[uid]) if (own != line) return "not as the population has it";
    string text = pack.ReadOptional("data/11_samples/proofs/" + uid + ".tlog-proof");
    if (text == null) return "its proof is missing";
    string[] parts = Strings.Partition(text, "\n\n");
    string note = parts[1] ?? "";
    List<string> head = new List<string>(parts[0].Split('\n'));
    if (head.Count > 1 && head[1].StartsWith("extra ", StringComparison.Ordinal)) head.RemoveAt(1);
    bool isProof = head[0] == "c2sp.org/tlog-proof@v1" && head.Count > 1;
    if (!isProof || !head[1].StartsWith("index ", StringComparison.Ordinal)) return "its proof cannot be read";
    if (note != checkpoint) return "its proof is for another checkpoint";
    List<byte[]> path = head.GetRange(2, head.Count - 2).ConvertAll<byte[]>(Bytes.FromBase64);
    long size = Strings.ToNumber(note.Split('\n')[1]), index = Strings.ToNumber(head[1].Substring(6));
    byte[] expected = Bytes.FromBase64(note.Split('\n')[2]), found = RootOf(LeafOf(line), index, size, path);
    return found != null && Bytes.AreSame(found, expected) ? null : "does not lead to the root of the log";
  }

  /* The leaf of an event in the log: canonical JSON (RFC 8785) of what was made of its record, and that one's hash. */
  static byte[] LeafOf(string line) {
    object read = Json.Read(line);
    Dictionary<string, object> leaf = new Dictionary<string, object>(), normalised = new Dictionary<string, object>();
    foreach (string name in new string[] { "import", "row", "source", "uid" }) leaf[name] = Json.Get(read, name);
    foreach (string name in Normalised) normalised[name] = Json.Get(read, name);
    leaf["normalised"] = normalised;
    // The raw record is the only value in which these texts could occur again, and it stands between them.
    int start = line.IndexOf(",\"raw\":", StringComparison.Ordinal) + 7;
    int end = line.LastIndexOf(",\"row\":", StringComparison.Ordinal);
    leaf["recordHash"] = Bytes.Hex(Bytes.Hash(Strings.Encode(line.Substring(start, end - start))));
    return Tree.Leaf(Strings.Encode(Strings.EscapeLone(Json.Write(leaf))));
  }

  /* RFC 9162, section 2.1.3.2; null for a proof of the wrong length. */
  static byte[] RootOf(byte[] leaf, long index, long size, List<byte[]> path) {
    long last = size - 1;
    foreach (byte[] beside in path) {
      if (last == 0) return null;
      if (index % 2 == 1 || index == last) {
        leaf = Tree.Node(beside, leaf);
        while (index % 2 == 0 && index != 0) {
          index /= 2;
          last /= 2;
        }
      } else {
        leaf = Tree.Node(leaf, beside);
      }
      index /= 2;
      last /= 2;
    }
    return last == 0 ? leaf : null;
  }
}

/* signoff/<n>-<role>.txt: JSON, and in a signed pack the signature of its key below it. */
sealed class SignOffs {
  static readonly Regex Form = new Regex(@"^([1-9][0-9]{0,3})-(preparer|reviewer|approver)\.txt\z");

  readonly Pack pack;
  readonly object log;
  readonly Key key;
  readonly string manifest;
  readonly List<string> wrong = new List<string>(), said = new List<string>(), preparers = new List<string>();
  /* The hash of the one before. */
  string previous;

  public static void Check(Pack pack, object recipe) {
    SortedDictionary<int, List<string>> found = new SortedDictionary<int, List<string>>();
    foreach (string name in pack.NamesIn("signoff")) {
      Match match = Form.Match(name);
      if (!match.Success) continue;
      int number = (int)Strings.ToNumber(match.Groups[1].Value);
      if (!found.ContainsKey(number)) found[number] = new List<string>();
      found[number].Add("signoff/" + name);
    }
    if (found.Count == 0) {
      pack.Report.Say("skipped", "Sign-offs", "nobody has signed off in this pack");
      return;
    }
    new SignOffs(pack, recipe).CheckAll(found.Values);
  }

  SignOffs(Pack pack, object recipe) {
    this.pack = pack;
    manifest = Files.Sha256Of(pack.PathOf(Pack.Manifest));
    key = Key.Parse((string)Json.Find(recipe, "signing"));
    log = Json.Get(recipe, "log");
  }

  void CheckAll(IEnumerable<List<string>> found) {
    int number = 0;
    foreach (List<string> paths in found) {
      paths.Sort(StringComparer.Ordinal);
      foreach (string path in paths) CheckOne(path, ++number);
    }
    pack.Report.Check("Sign-offs", wrong, string.Join(", ", said.ToArray()));
  }

  void CheckOne(string path, int number) {
    string text = pack.ReadOptional(path) ?? "";
    object one = null;
    string role = null, name = null;
    bool isOverride = false;
    try {
      one = Json.Read(Note.TextOf(text));
      role = Json.GetText(one, "role");
      name = Json.GetText(one, "name");
      isOverride = Json.Get(one, "override") != null;
    } catch (Exception) {
      one = null;
    }
    if (one == null) {
      wrong.Add(path + ": cannot be read");
    } else {
      string fault = FaultOf(one, text, number);
      bool isOwn = role == "approver" && !isOverride && preparers.Contains(Fold(name));
      if (fault == null && isOwn) fault = "approved by who prepared it, without an override";
      if (fault != null) wrong.Add(path + ": " + fault);
      if (role == "preparer") preparers.Add(Fold(name));
      said.Add(role + " " + name + (isOverride ? " (by override)" : ""));
    }
    previous = Bytes.Hex(Bytes.Hash(Strings.Encode(text)));
  }

  string FaultOf(object one, string text, int number) {
    bool follows = Json.AreSame(Json.Find(one, "number"), new JsonNumber(Strings.Number(number)));
    if (!follows || !Json.AreSame(Json.Find(one, "previous"), previous))
      return "does not follow from the sign-off before it";
    bool isOfPack = Json.AreSame(Json.Find(one, "pack"), pack.Label("External-Identifier"));
    bool isOfLog = Json.AreSame(Json.Find(one, "logSize"), Json.Get(log, "size"));
    isOfLog = isOfLog && Json.AreSame(Json.Find(one, "logRoot"), Json.Get(log, "root"));
    if (!isOfPack || !isOfLog) return "for another pack or another log";
    if (!Json.AreSame(Json.Find(one, "manifestSha256"), manifest)) return "for another manifest-sha256.txt";
    if (key != null && (!Json.AreSame(Json.Find(one, "method"), "key") || !Note.IsSigned(text, key)))
      return "not signed with the key of the pack";
    return null;
  }

  /* In small letters; the two whose small form is not one letter, or depends on its place, as Python has them. */
  static string Fold(string name) {
    return Strings.Strip(name).Replace("\u0130", "i\u0307").ToLowerInvariant().Replace('\u03c2', '\u03c3');
  }
}

/* A value in DER: definite lengths alone, up to its very end. */
sealed class Der {
  public int Tag;
  public byte[] Content;

  public static List<Der> Elements(byte[] data) {
    List<Der> found = new List<Der>();
    for (int at = 0; at < data.Length;) {
      int tag = data[at], length = data[at + 1], start = at + 2;
      if (length >= 0x80) {
        int size = length & 0x7f;
        if (size == 0 || size > 3) throw new FormatException("not DER");
        length = 0;
        for (int each = 0; each < size; each++) length = 256 * length + data[start + each];
        start += size;
      }
      if ((tag & 0x1f) == 0x1f || start + length > data.Length) throw new FormatException("not DER");
      found.Add(new Der { Tag = tag, Content = Bytes.Slice(data, start, start + length) });
      at = start + length;
    }
    return found;
  }

  public byte[] Need(int tag) {
    if (Tag != tag) throw new FormatException("put together in another way");
    return Content;
  }

  public static byte[] Only(byte[] data, int tag) {
    List<Der> found = Elements(data);
    if (found.Count != 1) throw new FormatException("something follows");
    return found[0].Need(tag);
  }

  /* What CMS holds, RFC 5652, section 3, when it is of that kind. */
  public static byte[] ContentOf(byte[] info, string kind) {
    List<Der> parts = Elements(info);
    if (Bytes.Hex(parts[0].Need(0x06)) != kind) throw new FormatException("holds something else");
    return parts[1].Need(0xa0);
  }
}

/* timestamp/<n>.txt, a copy of an earlier tag manifest, and <n>.tsr, what an authority said of it. */
static class TimeStamps {
  const int LargestAnswer = 256 * 1024;
  static readonly Regex Form = new Regex(@"^([1-9][0-9]{0,3})\.(txt|tsq|tsr)\z");
  static readonly Regex TimeForm =
    new Regex(@"^([12][0-9]{3})([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})(\.[0-9]{1,9})?Z\z");

  public static void Check(Pack pack) {
    SortedSet<int> numbers = new SortedSet<int>();
    foreach (string name in pack.NamesIn("timestamp")) {
      Match match = Form.Match(name);
      if (match.Success) numbers.Add((int)Strings.ToNumber(match.Groups[1].Value));
    }
    if (numbers.Count == 0) return;
    string[] lines = Strings.Latin1(Files.ReadBytes(pack.PathOf(Pack.TagManifest))).Split('\n');
    SortedSet<string> listed = new SortedSet<string>(lines, StringComparer.Ordinal);
    List<string> wrong = new List<string>(), times = new List<string>();
    foreach (int number in numbers) {
      string own = "timestamp/" + Strings.Number(number), fault;
      try {
        fault = FaultOf(pack, own, listed, times);
      } catch (Exception) {
        fault = "cannot be read";
      }
      if (fault != null) wrong.Add(own + ".tsr: " + fault);
    }
    string passed = "these files were there at " + string.Join(", ", times.ToArray()) + ", as the stamps say";
    pack.Report.Check("Time stamps", wrong, passed);
    pack.Report.Say(
      "skipped", "Authority of the time stamps",
      "its signature and certificate are checked with openssl ts -verify: see timestamp/README.txt"
    );
  }

  static string FaultOf(Pack pack, string own, SortedSet<string> listed, List<string> times) {
    byte[] text = Files.ReadBytes(pack.PathOf(own + ".txt"));
    string time, digest = ReadAnswer(Files.ReadBytes(pack.PathOf(own + ".tsr")), out time);
    string fault = null;
    bool isOfManifest = false, isListed = true;
    foreach (string line in Strings.Latin1(text).Split('\n')) {
      if (line.Length == 0) continue;
      isListed = isListed && listed.Contains(line);
      isOfManifest = isOfManifest || (line.Length > 66 && line.Substring(66) == Pack.Manifest);
    }
    if (digest != Bytes.Hex(Bytes.Hash(text))) fault = "stamps another text than " + own + ".txt";
    else if (!isListed || !isOfManifest) fault = "stamps files that the pack does not have";
    times.Add(time);
    return fault;
  }

  /* The SHA-256 and the time of an authority's answer, RFC 3161, section 2.4.2; its signature is left to openssl. */
  static string ReadAnswer(byte[] answer, out string time) {
    if (answer.Length > LargestAnswer) throw new FormatException("too large");
    List<Der> whole = Der.Elements(Der.Only(answer, 0x30));
    string status = Bytes.Hex(Der.Elements(whole[0].Need(0x30))[0].Need(0x02));
    if (status != "00" && status != "01") throw new FormatException("refused");
    List<Der> signed = Der.Elements(Der.Only(Der.ContentOf(whole[1].Need(0x30), "2a864886f70d010702"), 0x30));
    byte[] info = Der.Only(Der.ContentOf(signed[2].Need(0x30), "2a864886f70d0109100104"), 0x04);
    List<Der> parts = Der.Elements(Der.Only(info, 0x30)), imprint = Der.Elements(parts[2].Need(0x30));
    if (Bytes.Hex(Der.Elements(imprint[0].Need(0x30))[0].Need(0x06)) != "608648016503040201")
      throw new FormatException("not about a SHA-256");
    time = ReadTime(Strings.Latin1(parts[4].Need(0x18)));
    return Bytes.Hex(imprint[1].Need(0x04));
  }

  static string ReadTime(string text) {
    Match found = TimeForm.Match(text);
    if (!found.Success) throw new FormatException("its time is none");
    int[] parts = new int[6];
    for (int at = 0; at < 6; at++) parts[at] = (int)Strings.ToNumber(found.Groups[at + 1].Value);
    DateTime time = new DateTime(parts[0], parts[1], parts[2], parts[3], parts[4], parts[5]);
    return time.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture) + found.Groups[7].Value + "Z";
  }
}

static class Answers {
  public static void Check(Pack pack) {
    List<string> wrong = new List<string>();
    List<object> tables = (List<object>)Json.Read(pack.ReadText("data/30_query/reviews.json"));
    foreach (object table in tables) {
      string csv = Json.GetText(table, "csv");
      long rows = Files.CsvRows(pack.PathOf(csv)), listed = Json.GetNumber(table, "rows");
      if (rows != listed) wrong.Add(csv + " has " + Strings.Number(rows) + " rows, listed " + Strings.Number(listed));
    }
    pack.Report.Check("Answers", wrong, Strings.Number(tables.Count) + " tables with as many rows as listed");
  }
}

/* Draws a sample again by the rules that its sampling.json and section 6 of the report publish. */
sealed class Sample {
  struct Ranked {
    public string Score, Uid;
  }

  readonly object asked;
  readonly string method, strata;
  readonly byte[] seed;
  readonly List<string> categories = new List<string>();
  readonly SortedSet<string> named, replaced;
  readonly long size, most, rows, every, start;
  readonly List<string> order = new List<string>();
  readonly SortedSet<string> found = new SortedSet<string>(StringComparer.Ordinal);
  readonly Dictionary<string, long> counts = new Dictionary<string, long>(StringComparer.Ordinal);
  readonly Dictionary<string, List<Ranked>> ranked = new Dictionary<string, List<Ranked>>(StringComparer.Ordinal);
  long position;

  public static string FileOf(int number) {
    return "data/11_samples/" + number.ToString("00", CultureInfo.InvariantCulture) + "_sample.ndjson";
  }

  /* `rows` are those of the population that is sampled, as it lists them. */
  public Sample(object asked, long rows) {
    this.asked = asked;
    this.rows = rows;
    method = Json.GetText(asked, "method");
    strata = (string)Json.Get(asked, "strata");
    seed = Strings.Encode(Json.GetText(asked, "seed"));
    size = Json.GetNumber(asked, "size");
    foreach (object category in Json.GetList(asked, "categories")) categories.Add((string)category);
    named = UidsOf("chosen");
    replaced = UidsOf("replacements");
    most = size + replaced.Count;
    every = Math.Max(1, rows / Math.Max(1, size));
    start = Convert.ToInt64(Bytes.Hex(Bytes.Hash(seed)).Substring(0, 12), 16) % every;
  }

  SortedSet<string> UidsOf(string name) {
    SortedSet<string> uids = new SortedSet<string>(StringComparer.Ordinal);
    foreach (object one in Json.GetList(asked, name)) uids.Add(Json.GetText(one, "uid"));
    return uids;
  }

  public void See(byte[] line, string category) {
    if (categories.Count > 0 && !categories.Contains(category)) return;
    string uid = EventLine.UidOf(line);
    if (method == "judgemental") {
      if (named.Contains(uid)) found.Add(uid);
      return;
    }
    if (method == "systematic") {
      long due = position - start;
      if (due >= 0 && due % every == 0 && order.Count < Math.Min(size, rows)) order.Add(uid);
      position++;
      if (replaced.Count == 0) return;
    }
    Rank(StratumOf(line, category), uid);
  }

  string StratumOf(byte[] line, string category) {
    if (strata == null) return "all";
    if (strata == "category") return category;
    object read = Json.Read(Strings.Decode(line));
    if (strata != "month") return Json.GetText(read, strata);
    string time = Json.GetText(read, "time");
    return time.Substring(0, Math.Min(7, time.Length));
  }

  void Rank(string stratum, string uid) {
    long count;
    counts[stratum] = counts.TryGetValue(stratum, out count) ? count + 1 : 1;
    if (!ranked.ContainsKey(stratum)) ranked[stratum] = new List<Ranked>();
    List<Ranked> all = ranked[stratum];
    string score = Bytes.Hex(Bytes.Hash(seed, new byte[] { 0x1f }, Strings.Encode(uid)));
    all.Add(new Ranked { Score = score, Uid = uid });
    if (all.Count > 2 * most + 1000) KeepBest(all);
  }

  /* As many of the lowest hashes as can be drawn, in their order. */
  void KeepBest(List<Ranked> all) {
    all.Sort(delegate(Ranked one, Ranked other) {
      int byScore = string.CompareOrdinal(one.Score, other.Score);
      return byScore != 0 ? byScore : string.CompareOrdinal(one.Uid, other.Uid);
    });
    if (all.Count > most) all.RemoveRange((int)most, all.Count - (int)most);
  }

  /* Fixed: the size for each stratum. Proportional: whole shares, then one more each by the largest remainder. */
  Dictionary<string, long> Shares() {
    Dictionary<string, long> shares = new Dictionary<string, long>(StringComparer.Ordinal);
    bool isProportional = Json.AreSame(Json.Get(asked, "allocation"), "proportional");
    long total = 0, given = 0;
    foreach (long count in counts.Values) total += count;
    if (isProportional && size >= total) return counts;
    foreach (KeyValuePair<string, long> one in counts) {
      shares[one.Key] = isProportional ? checked(size * one.Value) / total : size;
      given += shares[one.Key];
    }
    if (!isProportional) return shares;
    List<string> byRest = new List<string>(counts.Keys);
    byRest.Sort(delegate(string one, string other) {
      int byRemainder = (size * counts[other] % total).CompareTo(size * counts[one] % total);
      // Names are compared by their UTF-16 code units, as in the program that drew.
      return byRemainder != 0 ? byRemainder : string.CompareOrdinal(one, other);
    });
    for (int at = 0; at < size - given; at++) shares[byRest[at]]++;
    return shares;
  }

  /* A row as one text: stratum, rank, score and id. */
  static string Row(object stratum, object rank, object score, object uid) {
    return Json.Write(new List<object> { stratum, rank, score, uid });
  }

  static string Row(string stratum, int at, string score, string uid) {
    return Row(stratum, (object)new JsonNumber(Strings.Number(at + 1)), score, uid);
  }

  List<string> Drawn() {
    if (method == "judgemental") return DrawnByJudgement();
    if (method == "systematic") return position == rows ? DrawnByStep() : new List<string>();
    List<string> drawn = new List<string>();
    Dictionary<string, long> shares = Shares();
    foreach (KeyValuePair<string, List<Ranked>> one in ranked) {
      KeepBest(one.Value);
      long taken = Taken(one.Value, shares[one.Key]);
      for (int at = 0; at < taken && at < one.Value.Count; at++)
        drawn.Add(Row(one.Key, at, one.Value[at].Score, one.Value[at].Uid));
    }
    return drawn;
  }

  List<string> DrawnByJudgement() {
    List<string> drawn = new List<string>();
    List<object> chosen = Json.GetList(asked, "chosen");
    for (int at = 0; at < chosen.Count; at++) {
      string uid = Json.GetText(chosen[at], "uid");
      if (found.Contains(uid)) drawn.Add(Row("chosen", at, "", uid));
    }
    return drawn;
  }

  List<string> DrawnByStep() {
    List<string> drawn = new List<string>();
    for (int at = 0; at < order.Count; at++) drawn.Add(Row("all", at, Strings.Number(start + at * every), order[at]));
    SortedSet<string> taken = new SortedSet<string>(order, StringComparer.Ordinal);
    if (!ranked.ContainsKey("all")) return drawn;
    KeepBest(ranked["all"]);
    int others = 0;
    foreach (Ranked one in ranked["all"]) {
      if (taken.Contains(one.Uid) || others >= replaced.Count) continue;
      drawn.Add(Row("replacement", others++, one.Score, one.Uid));
    }
    return drawn;
  }

  /* How many of the ranked rows make up a share: each that was replaced is followed by one more. */
  long Taken(List<Ranked> all, long share) {
    long taken = share;
    while (true) {
      long wanted = share;
      for (int at = 0; at < taken && at < all.Count; at++) if (replaced.Contains(all[at].Uid)) wanted++;
      if (wanted == taken || taken >= all.Count) return taken;
      taken = wanted;
    }
  }

  public void Check(Pack pack, int number) {
    List<string> listed = new List<string>(), again = Drawn();
    foreach (string line in (pack.ReadOptional(FileOf(number)) ?? "").Split('\n')) {
      if (line.Length == 0) continue;
      object row = Json.Read(line);
      object uid = Json.Get(Json.Get(row, "event"), "uid");
      listed.Add(Row(Json.Get(row, "stratum"), Json.Get(row, "rank"), Json.Get(row, "score"), uid));
    }
    int rowsDrawn = again.Count;
    listed.Sort(StringComparer.Ordinal);
    again.Sort(StringComparer.Ordinal);
    bool holds = string.Join("\n", listed.ToArray()) == string.Join("\n", again.ToArray());
    holds = holds && found.Count == named.Count;
    string detail = Strings.Number(rowsDrawn) + " rows drawn again, " + method + ", seed ";
    string name = "Sample S-" + number.ToString("00", CultureInfo.InvariantCulture);
    pack.Report.Check(name, holds, detail + Json.Quote(Json.GetText(asked, "seed"), true));
  }
}

/* report-signed.pdf, when somebody signed the report: the report, and behind it a signature over all of it. */
static class PdfSignature {
  const string Name = "report-signed.pdf", ReportName = "data/01_Evidence_Report.pdf";
  static readonly Regex Form =
    new Regex(@"/ByteRange \[0 ([0-9]+) +([0-9]+) +([0-9]+) *\]\n/Contents <([0-9a-f]+)>");

  public static void Check(Pack pack) {
    string file = pack.PathOf(Name), fault;
    if (!File.Exists(file) && !Directory.Exists(file)) return;
    try {
      fault = FaultOf(Files.ReadBytes(pack.PathOf(ReportName)), Files.ReadBytes(file));
    } catch (Exception) {
      fault = "cannot be read";
    }
    string passed = " begins with the report, and has the hash that its signature names";
    pack.Report.Check("PDF signature", fault == null, Name + (fault == null ? passed : ": " + fault));
    pack.Report.Say(
      "skipped", "Certificate of the PDF signature",
      "who signed is not checked here: open the file in a PDF reader that knows whom you trust, or use pdfsig"
    );
  }

  static string FaultOf(byte[] report, byte[] signed) {
    if (!Bytes.StartsWith(signed, report)) return "does not begin with " + ReportName;
    Match found = Form.Match(Strings.Latin1(Bytes.Slice(signed, report.Length, signed.Length)));
    if (!found.Success) return "what follows the report is not a signature as Exhibit adds it";
    Group token = found.Groups[4];
    int start = report.Length + token.Index - 1, end = start + token.Length + 2;
    bool coversAll = IsNumber(found.Groups[1].Value, start) && IsNumber(found.Groups[2].Value, end);
    if (!coversAll || !IsNumber(found.Groups[3].Value, signed.Length - end))
      return "holds bytes that its signature does not cover";
    byte[] hash = Bytes.Hash(Bytes.Slice(signed, 0, start), Bytes.Slice(signed, end, signed.Length));
    return Bytes.AreSame(SignedHash(Bytes.FromHex(token.Value)), hash) ? null : "was changed after it was signed";
  }

  static bool IsNumber(string digits, int number) {
    string plain = digits.TrimStart('0');
    return (plain.Length == 0 ? "0" : plain) == Strings.Number(number);
  }

  /* The message digest in a CMS signature, RFC 5652, sections 5.3 and 11.2; zeros may follow it. */
  static byte[] SignedHash(byte[] token) {
    int size = token[1] & 0x7f, end = 0;
    if (token[1] < 0x82 || size > 3) throw new FormatException("not DER");
    for (int each = 0; each < size; each++) end = 256 * end + token[2 + each];
    end += 2 + size;
    for (int at = end; at < token.Length; at++) if (token[at] != 0) throw new FormatException("something follows");
    byte[] content = Der.ContentOf(Der.Only(Bytes.Slice(token, 0, end), 0x30), "2a864886f70d010702");
    List<Der> signed = Der.Elements(Der.Only(content, 0x30));
    List<Der> signer = Der.Elements(Der.Only(signed[signed.Count - 1].Need(0x31), 0x30));
    foreach (Der attribute in Der.Elements(signer[3].Need(0xa0))) {
      List<Der> pair = Der.Elements(attribute.Content);
      if (pair.Count != 2) throw new FormatException("put together in another way");
      if (Bytes.Hex(pair[0].Need(0x06)) == "2a864886f70d010904") return Der.Only(pair[1].Need(0x31), 0x04);
    }
    throw new FormatException("no hash");
  }
}

/* Of each import as much is accounted for as was read. */
static class Balance {
  public static void Check(Pack pack) {
    List<List<string>> records = Csv.Read(pack.ReadText("data/20_sources/inventory.csv"));
    List<string> wrong = new List<string>();
    int total = 0;
    for (int at = 1; at < records.Count; at++) {
      if (records[at].Count == 0) continue;
      total++;
      Func<string, string> value = delegate(string name) { return records[at][records[0].LastIndexOf(name)]; };
      long read = Strings.ToNumber(value("read")), stored = Strings.ToNumber(value("stored"));
      long duplicates = Strings.ToNumber(value("duplicates")), rejected = Strings.ToNumber(value("rejected"));
      if (read != checked(stored + duplicates + rejected)) wrong.Add("import " + value("import"));
    }
    string passed = "read = stored + duplicates + rejected for each of " + Strings.Number(total) + " imports";
    string failed = "does not hold for " + string.Join(", ", wrong.ToArray());
    pack.Report.Check("Balance", wrong.Count == 0, wrong.Count > 0 ? failed : passed);
  }
}

/* RFC 4180; a line that is empty is a record without fields. */
static class Csv {
  public static List<List<string>> Read(string text) {
    List<List<string>> records = new List<List<string>>();
    for (int at = 0; at < text.Length;) records.Add(ReadRecord(text, ref at));
    return records;
  }

  static List<string> ReadRecord(string text, ref int at) {
    List<string> fields = new List<string>();
    if (PassLineEnd(text, ref at)) return fields;
    while (true) {
      fields.Add(ReadField(text, ref at));
      if (at == text.Length || PassLineEnd(text, ref at)) return fields;
      at++;
    }
  }

  static bool PassLineEnd(string text, ref int at) {
    int start = at;
    if (at < text.Length && text[at] == '\r') at++;
    if (at < text.Length && text[at] == '\n') at++;
    return at > start;
  }

  static string ReadField(string text, ref int at) {
    StringBuilder field = new StringBuilder();
    bool isQuoted = at < text.Length && text[at] == '"';
    for (at += isQuoted ? 1 : 0; isQuoted && at < text.Length; at++) {
      // Two quotation marks are one of the text, one alone is the end of it.
      bool isMark = text[at] == '"';
      bool isTwo = isMark && at + 1 < text.Length && text[at + 1] == '"';
      isQuoted = !isMark || isTwo;
      if (isQuoted) field.Append(text[at]);
      if (isTwo) at++;
    }
    while (at < text.Length && ",\r\n".IndexOf(text[at]) < 0) field.Append(text[at++]);
    return field.ToString();
  }
}
}
'@

# A name of its own for each run: one session of PowerShell compiles no name twice, and another pack's file may differ.
$Name = 'ExhibitPack' + [guid]::NewGuid().ToString('N')
try {
  $Named = $Source.Replace('namespace ExhibitPack', ('namespace ' + $Name))
  Add-Type -TypeDefinition $Named -Language CSharp -IgnoreWarnings
  $Verifier = New-Object -TypeName ($Name + '.Verifier')
}
catch {
  'This computer does not let PowerShell compile the checks. Open verify.html in a browser instead.'
  [string]$_.Exception.Message
  exit 2
}
$Current = (Get-Location -PSProvider FileSystem).ProviderPath
foreach ($Line in $Verifier.Run($Pack, $PubKey, $PSScriptRoot, $Current)) { $Line }
exit $Verifier.ExitCode
