package listing

import _ "embed"

//go:embed collect.ps1
var script []byte

// Script is the collecting script for PowerShell 5.1 and later: UTF-8 with a byte
// order mark and Windows line ends, so that a Japanese Windows reads its comments. It
// reads only; it writes one new folder with the listings and the record of what it
// could and could not collect. It has not been run on Windows here: see its comments.
func Script() []byte {
	return append([]byte(nil), script...)
}
