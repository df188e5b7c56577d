//go:build !windows

package disk

// busy tells whether an error may pass because another process has the file open,
// which here stops nobody.
func busy(error) bool { return false }
