package observe

import (
	"encoding/binary"
	"hash/crc32"
	"strings"
	"testing"
	"time"

	"jobun/checker/audit/evtx"
)

func channelOf(name string, events []uint32, ids ...uint64) *channel {
	c := &collector{reading: &reading{channels: map[string]*channel{}}}
	for i, id := range ids {
		e := &event{Event: &evtx.Event{}}
		e.Channel, e.RecordID, e.EventID = name, id, events[i%len(events)]
		e.Time = time.Date(2024, 5, 1, 10, 0, i, 0, time.UTC)
		c.tally(e)
	}
	return c.channels[name]
}

// A record that is there twice must not stand for one that is missing.
func TestWholeNeedsEachIDOnce(t *testing.T) {
	for _, test := range []struct {
		ids  []uint64
		want bool
	}{
		{[]uint64{1, 2, 3}, true},
		{[]uint64{3, 1, 2}, true},
		{[]uint64{7}, true},
		{[]uint64{1, 1, 3}, false},
		{[]uint64{1, 3, 3, 3, 5}, false},
		{[]uint64{1, 3}, false},
		{[]uint64{0, 0}, false},
	} {
		if got := channelOf("System", []uint32{7036}, test.ids...).whole(); got != test.want {
			t.Errorf("whole of %v = %v", test.ids, got)
		}
	}
}

// A log whose audit policy was changed on the way did not record the same throughout.
func TestExaminedNotOverAChangedPolicy(t *testing.T) {
	if kinds, _ := channelOf("Security", []uint32{4738, 4799}, 1, 2).shows(true); len(kinds) != 1 {
		t.Errorf("account management in the log: %v", kinds)
	}
	for _, id := range []uint32{4719, 1101} {
		if kinds, _ := channelOf("Security", []uint32{4738, 4799, id}, 1, 2, 3).shows(true); len(kinds) != 0 {
			t.Errorf("with %d: %v", id, kinds)
		}
	}
}

// An excerpt is the record's own text; only line breaks become a space.
func TestOneLine(t *testing.T) {
	for in, want := range map[string]string{
		"ping  -n 2 127.0.0.1 ":        "ping  -n 2 127.0.0.1",
		"\r\n\t\t%%2080\r\n\t\t%%2082": "%%2080 %%2082",
		"C:\\a\\set\u00a0up.exe":       "C:\\a\\set\u00a0up.exe",
		"one\u2028two":                 "one two",
		strings.Repeat(" ", 4):         "",
	} {
		if got := inOneLine(in); got != want {
			t.Errorf("inOneLine(%q) = %q, want %q", in, got, want)
		}
	}
}

// A log that lacks chunks that its header states was not read whole, though no record in it
// is cut.
func TestMissingChunksArePartial(t *testing.T) {
	head := make([]byte, 4096)
	copy(head, "ElfFile\x00")
	binary.LittleEndian.PutUint16(head[38:], 3)
	binary.LittleEndian.PutUint16(head[36:], 1)
	binary.LittleEndian.PutUint16(head[42:], 2)
	binary.LittleEndian.PutUint32(head[124:], crc32.ChecksumIEEE(head[:120]))
	if r := run(t, nil, file(t, "Security.evtx", head)); !r.Partial || len(r.Report.Examined) != 0 {
		t.Errorf("partial %v: %v", r.Partial, r.Sources[0].Notes)
	}
}

// A command for another machine is not how something came about on this one.
func TestCommandsForOtherMachines(t *testing.T) {
	for line, want := range map[string]bool{
		`net user bob pw /add`:                                true,
		`net user bob pw /add /domain`:                        false,
		`"c:\windows\system32\net.exe" user bob pw /add /do`:  false,
		`powershell new-localuser bob`:                        true,
		`powershell new-localuser bob -computername pc2`:      false,
		`sc create bob binpath= c:\x.exe`:                     true,
		`sc create bob binpath= \\host\s\x.exe`:               true,
		`sc \\other create bob binpath= c:\x.exe`:             false,
		`schtasks /create /tn bob /sc onstart /tr c:\x.exe`:   true,
		`schtasks /create /tn bob /sc onstart /tr x /s other`: false,
	} {
		tool := toolName(strings.Trim(strings.Fields(line)[0], `"`)) + ".exe"
		if got := asks(tool, line); (len(got) == 1 && got[0].name == "bob") != want {
			t.Errorf("%s: %v", line, got)
		}
	}
}

// A record of one logon is not explained by a command of which no logon is known.
func TestNamedNeedsTheLogon(t *testing.T) {
	at := time.Date(2024, 5, 1, 10, 0, 0, 0, time.UTC)
	for logon, want := range map[string]bool{"0x1": true, "0x2": false, "": false} {
		r := newReading("x", Subject{})
		r.tree.commands = []command{{computer: "a", logon: logon, at: at, asks: asks("net.exe", "net user bob /add"), by: &process{}}}
		s := &seen{action: "account.create", asked: "bob", computer: "A", logon: "0x1", at: at.Add(time.Second)}
		ordersOf([]*reading{r}).attribute(s)
		if got := s.attribution != nil; got != want {
			t.Errorf("logon %q: %v", logon, got)
		}
	}
}

// Windows uses process ids again: one without the parent's image or GUID ties nothing
// to the subject, however soon after; with the image it does.
func TestProcessIDAloneIsNoParent(t *testing.T) {
	subject, err := ParseSubject([]string{"process:setup.exe"})
	if err != nil {
		t.Fatal(err)
	}
	for image, want := range map[string]bool{"": false, `C:\x\other.exe`: false, `C:\x\setup.exe`: true} {
		tree := newTree(subject)
		e := &event{Event: &evtx.Event{Computer: "A", Time: time.Date(2024, 5, 1, 10, 0, 0, 0, time.UTC)}}
		if tree.started(e, start{pid: "0x100", image: `C:\x\setup.exe`}, "") == nil {
			t.Fatal("the subject itself is not known")
		}
		child := start{pid: "0x200", image: `C:\x\evil.exe`, parentPID: "0x100", parentImage: image}
		if got := tree.started(e, child, "") != nil; got != want {
			t.Errorf("parent image %q: attributed = %v", image, got)
		}
	}
}
