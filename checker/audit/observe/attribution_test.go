package observe

import "testing"

// Two drives are two places; what the kernel calls a volume can be either of them.
func TestSameFile(t *testing.T) {
	for _, c := range []struct {
		file, in string
		want     bool
	}{
		{`C:\Tools\setup.exe`, `c:\tools\`, true},
		{`D:\Tools\setup.exe`, `C:\Tools\`, false},
		{`\??\D:\Tools\setup.exe`, `C:\Tools\`, false},
		{`\\?\C:\Tools\setup.exe`, `C:\Tools\`, true},
		{`\Device\HarddiskVolume3\Tools\setup.exe`, `C:\Tools\`, true},
		{`\Device\HarddiskVolume3\Tools\setup.exe`, `D:\Tools\setup.exe`, true},
		{`\Device\HarddiskVolume3\Tools\setup.exe`, `\Device\HarddiskVolume2\Tools\`, false},
		{`\\server\Tools\setup.exe`, `C:\Tools\`, false},
		{`C:\Tools2\setup.exe`, `C:\Tools\`, false},
	} {
		subject := Subject{Paths: []string{c.in}}
		if basis, _ := subject.is(c.file, ""); (basis != "") != c.want {
			t.Errorf("%s in %s: %q", c.file, c.in, basis)
		}
	}
}
