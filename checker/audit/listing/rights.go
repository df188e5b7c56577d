package listing

import (
	"fmt"
	"strings"
)

// Bits of an access mask ([MS-DTYP] 2.4.3; for files, winnt.h).
const (
	maskSynchronize = 0x0010_0000
	maskFull        = 0x001F_01FF
)

// right is a name of a set of bits.
type right struct {
	name string
	mask uint32
}

// icaclsRights are the letters of icacls, the sets before the single bits, as icacls
// prints them. SYNCHRONIZE is in the sets as Windows defines them; icacls leaves it
// out of those of a DENY entry, and it is never told apart there: see sameMask.
var icaclsRights = []right{
	{"F", maskFull}, {"M", 0x0013_01BF}, {"RX", 0x0012_00A9}, {"R", 0x0012_0089}, {"W", 0x0010_0116},
	{"D", 0x0001_0000}, {"DE", 0x0001_0000}, {"RC", 0x0002_0000}, {"WDAC", 0x0004_0000},
	{"WO", 0x0008_0000}, {"S", maskSynchronize}, {"AS", 0x0100_0000}, {"MA", 0x0200_0000},
	{"GA", 0x1000_0000}, {"GE", 0x2000_0000}, {"GW", 0x4000_0000}, {"GR", 0x8000_0000},
	{"RD", 0x1}, {"WD", 0x2}, {"AD", 0x4}, {"REA", 0x8}, {"WEA", 0x10}, {"X", 0x20}, {"DC", 0x40},
	{"RA", 0x80}, {"WA", 0x100}, {"N", 0},
}

// labelRights are the letters of a mandatory integrity label.
var labelRights = []right{{"NW", 0x1}, {"NR", 0x2}, {"NX", 0x4}}

// sddlRights are the two-letter rights of SDDL ([MS-DTYP] 2.5.1.1).
var sddlRights = map[string]uint32{
	"GA": 0x1000_0000, "GX": 0x2000_0000, "GW": 0x4000_0000, "GR": 0x8000_0000,
	"RC": 0x0002_0000, "SD": 0x0001_0000, "WD": 0x0004_0000, "WO": 0x0008_0000,
	"CC": 0x1, "DC": 0x2, "LC": 0x4, "SW": 0x8, "RP": 0x10, "WP": 0x20, "DT": 0x40, "LO": 0x80, "CR": 0x100,
	"FA": maskFull, "FR": 0x0012_0089, "FW": 0x0012_0116, "FX": 0x0012_00A0,
	"KA": 0x000F_003F, "KR": 0x0002_0019, "KW": 0x0002_0006, "KX": 0x0002_0019,
	"NW": 0x1, "NR": 0x2, "NX": 0x4,
}

// icaclsMask reads the letters between the last parentheses of an entry. Letters
// that are not known are an error; the entry then keeps its letters without a mask.
func icaclsMask(letters string) (mask uint32, label bool, err error) {
	for _, name := range strings.Split(letters, ",") {
		name = strings.TrimSpace(name)
		bits, isLabel, ok := icaclsRight(name)
		if !ok {
			return 0, false, fmt.Errorf("icacls right %q is not known", name)
		}
		mask |= bits
		label = label || isLabel
	}
	return mask, label, nil
}

func icaclsRight(name string) (mask uint32, label, ok bool) {
	for _, r := range icaclsRights {
		if strings.EqualFold(r.name, name) {
			return r.mask, false, true
		}
	}
	for _, r := range labelRights {
		if strings.EqualFold(r.name, name) {
			return r.mask, true, true
		}
	}
	return 0, false, false
}

// RightNames names the bits of a file's access mask with the letters of icacls: the
// largest set that fits, then what is left. Bits without a letter are hexadecimal.
func RightNames(mask uint32) []string {
	var names []string
	for _, r := range icaclsRights {
		if r.mask != 0 && mask&r.mask == r.mask {
			names = append(names, r.name)
			mask &^= r.mask
		}
	}
	if mask != 0 {
		names = append(names, fmt.Sprintf("0x%x", mask))
	}
	return names
}
