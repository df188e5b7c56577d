// Package rules is the rulebook that the program carries: its laws, behaviours
// and rules, as TOML files. Package checker reads them.
package rules

import "embed"

// Files is the rulebook: rulebook.toml, laws/, behaviours/ and one folder for
// the rules of each law.
//
//go:embed rulebook.toml */*.toml
var Files embed.FS
