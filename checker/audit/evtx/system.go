package evtx

import (
	"fmt"
	"strconv"
	"time"
)

// target is a field of System.
type target uint8

const (
	targetNone target = iota
	targetProvider
	targetProviderGUID
	targetSourceName
	targetEventID
	targetQualifiers
	targetVersion
	targetLevel
	targetTask
	targetOpcode
	targetKeywords
	targetTime
	targetRecordID
	targetActivityID
	targetRelatedActivityID
	targetProcessID
	targetThreadID
	targetChannel
	targetComputer
	targetUserID
)

// targetOf gives the field that an element of System, or an attribute of one,
// is for.
func targetOf(element, attribute string) target {
	switch element + "@" + attribute {
	case "Provider@Name":
		return targetProvider
	case "Provider@Guid":
		return targetProviderGUID
	case "Provider@EventSourceName":
		return targetSourceName
	case "EventID@":
		return targetEventID
	case "EventID@Qualifiers":
		return targetQualifiers
	case "Version@":
		return targetVersion
	case "Level@":
		return targetLevel
	case "Task@":
		return targetTask
	case "Opcode@":
		return targetOpcode
	case "Keywords@":
		return targetKeywords
	case "TimeCreated@SystemTime":
		return targetTime
	case "EventRecordID@":
		return targetRecordID
	case "Correlation@ActivityID":
		return targetActivityID
	case "Correlation@RelatedActivityID":
		return targetRelatedActivityID
	case "Execution@ProcessID":
		return targetProcessID
	case "Execution@ThreadID":
		return targetThreadID
	case "Channel@":
		return targetChannel
	case "Computer@":
		return targetComputer
	case "Security@UserID":
		return targetUserID
	}
	return targetNone
}

// lowerSystem makes the steps for an element of System.
func (d *decoder) lowerSystem(at int) error {
	element, content := d.nodes[at].text, d.content(at)
	for i := at + 1; i < content; i = int(d.nodes[i].end) {
		if t := targetOf(element, d.nodes[i].text); t != targetNone {
			d.leaf(step{target: t, naming: -1}, i+1, int(d.nodes[i].end), true)
		}
	}
	t := targetOf(element, "")
	if t == targetNone || content == int(d.nodes[at].end) {
		return nil
	}
	for i := content; i < int(d.nodes[at].end); i++ {
		if d.nodes[i].kind == nodeElement {
			return fmt.Errorf("System/%s has elements inside it", element)
		}
	}
	d.leaf(step{target: t, naming: -1}, content, int(d.nodes[at].end), false)
	return nil
}

// setValue sets a field of System from a value.
func (d *decoder) setValue(s *step, v value) error {
	switch s.target {
	case targetProvider, targetProviderGUID, targetSourceName, targetActivityID,
		targetRelatedActivityID, targetChannel, targetComputer, targetUserID:
		text, err := d.string(s, v)
		if err != nil {
			return err
		}
		return d.setText(s.target, text)
	}
	if v.size == 0 || v.kind == typeNull {
		return nil
	}
	b := d.bytes(v)
	if s.target == targetTime && v.kind == typeFiletime && len(b) == 8 {
		d.event.Time = filetime(le64(b, 0))
		return nil
	}
	if s.target != targetTime {
		if n, ok := unsigned(v.kind, b); ok {
			return d.setNumber(s.target, n)
		}
	}
	text, err := d.string(s, v)
	if err != nil {
		return err
	}
	return d.setText(s.target, text)
}

// setText sets a field of System from text, as in events that are not made
// from a template.
func (d *decoder) setText(t target, text string) error {
	e := &d.event
	switch t {
	case targetProvider:
		e.Provider = text
	case targetProviderGUID:
		e.ProviderGUID = text
	case targetSourceName:
		e.SourceName = text
	case targetActivityID:
		e.ActivityID = text
	case targetRelatedActivityID:
		e.RelatedActivityID = text
	case targetChannel:
		e.Channel = text
	case targetComputer:
		e.Computer = text
	case targetUserID:
		e.UserID = text
	case targetTime:
		at, err := time.Parse(time.RFC3339Nano, text)
		if err != nil {
			return fmt.Errorf("%q is not a time", text)
		}
		e.Time = at.UTC()
	default:
		n, err := strconv.ParseUint(text, 0, 64)
		if err != nil {
			return fmt.Errorf("System has %q where a number should be", text)
		}
		return d.setNumber(t, n)
	}
	return nil
}

// setNumber sets a field of System that is a number.
func (d *decoder) setNumber(t target, n uint64) error {
	e := &d.event
	most := uint64(1<<32 - 1)
	switch t {
	case targetRecordID:
		e.RecordID = n
		return nil
	case targetKeywords:
		e.Keywords = n
		return nil
	case targetVersion, targetLevel, targetOpcode:
		most = 1<<8 - 1
	case targetQualifiers, targetTask:
		most = 1<<16 - 1
	}
	if n > most {
		return fmt.Errorf("System has %d where it is at most %d", n, most)
	}
	switch t {
	case targetEventID:
		e.EventID = uint32(n)
	case targetQualifiers:
		e.Qualifiers = uint16(n)
	case targetVersion:
		e.Version = uint8(n)
	case targetLevel:
		e.Level = uint8(n)
	case targetOpcode:
		e.Opcode = uint8(n)
	case targetTask:
		e.Task = uint16(n)
	case targetProcessID:
		e.ProcessID = uint32(n)
	case targetThreadID:
		e.ThreadID = uint32(n)
	}
	return nil
}
