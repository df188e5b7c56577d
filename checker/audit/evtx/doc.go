// Package evtx reads Windows event logs (.evtx).
//
// # What a file is
//
// A log is a 4,096-byte header and chunks of 65,536 bytes. A chunk is a
// 512-byte header and event records, packed. A record is a signature, a
// length, an id, a time, binary XML, and the length again. The binary XML is
// nearly always an instance of a template: the template holds elements, names
// and substitutions, is written once in a chunk and is referred to by its
// offset in the chunk; the instance holds only the values, each with a type.
// A value may itself be binary XML, and mostly is: EventData and UserData are
// templates inside the template of System.
//
// # How it is read
//
// Chunks are looked for at every 64 KiB step, whatever the file's header says
// of their number. One chunk is in memory at a time. Each template is turned,
// once in a chunk, into nodes and from them into steps, which fill an Event. Events come in the order of the file, which in a log
// that has wrapped around is not the order of time.
//
// Two checksums guard a chunk. Where one does not fit, which is usual in a log
// copied while Windows had it open, the records that are sound in themselves
// are read all the same and marked Unverified. Records whose structure is
// broken are left out and told in Stats, never guessed. In a record that is
// read, these have been found to agree: both lengths, the template's id and
// its GUID, every name and its hash, the lengths of elements and attribute
// lists, and each value's length and its type.
//
// # How values are written
//
// As Windows writes them in its own XML: decimal integers, hex types as 0x and
// lower-case digits without padding, true and false, SIDs as S-1-…, GUIDs in
// braces and upper case (Windows 10 and later use lower case), FILETIME as
// 2006-01-02T15:04:05.1234567Z, binary as upper-case hex, floating point in the
// shortest form that reads back the same. Strings are not escaped. A string's
// trailing NULs are dropped; half a surrogate pair becomes U+FFFD; a string
// stored in a code page, which the file does not name, is read as UTF-8 where
// it is UTF-8 and as Latin-1 where not.
//
// # How an event is laid out
//
//   - System's fields have fields of their own in Event. A number that is not
//     stated is 0.
//   - EventData: one Field for each element, with its Name attribute. A
//     <Data> without a name has the name "" and is known by its position;
//     <Binary> and others without a Name have the element's name.
//   - UserData and other sections: one Field for each element that holds text
//     or nothing, under the element's name; attributes as "element@attribute".
//     The element around them is Event.DataName. RenderingInfo, which is
//     Windows' localised text and not data, is left out.
//   - An array is one Field for each member. An element that the template
//     drops when its value is absent is dropped; others are there, empty.
//
// # Limits
//
// Elements nest at most 64 deep and values of binary XML 16 deep; a name has
// at most 512 characters; an event has at most 65,536 fields, 1 MiB of text and
// 131,072 steps, and all events of a chunk 8 MiB and 1,048,576 steps; what is
// made of one chunk's templates is bounded likewise. A record beyond a limit is left out and told. Records in slack space behind
// a chunk's end are not carved, but those that go on with the count, as in a
// log whose header is behind, are read and marked.
//
// # Sources
//
// Joachim Metz, Windows XML Event Log (EVTX) format (libyal/libevtx,
// documentation); Microsoft, [MS-EVEN6] 2.2.12 BinXml and 3.1.4.7 (grammar,
// names' hash, value types); Microsoft, winevt.h EVT_VARIANT_TYPE.
package evtx
