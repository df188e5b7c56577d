package disk

import (
	"errors"
	"syscall"
)

// busy tells whether an error may pass because another process, a reader or a virus
// scanner, has the file open: Windows then neither replaces it nor, while it is being
// replaced, opens it.
func busy(err error) bool {
	const sharingViolation = syscall.Errno(32)
	return errors.Is(err, sharingViolation) || errors.Is(err, syscall.ERROR_ACCESS_DENIED)
}
