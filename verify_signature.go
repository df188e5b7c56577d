package main

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"jobun/checker/pack"
)

// signature has the signature of a pack's manifest verified by ssh-keygen: whose it is,
// if it is said whose count, else only that it is of this file.
func (v *verification) signature(dir string) error {
	isThere := false
	if _, err := os.Stat(filepath.Join(dir, pack.SignatureName)); err == nil {
		isThere = true
	}
	switch {
	case !isThere && v.flags.allowed == "":
		v.lacks("署名はない", "there is no signature")
		return nil
	case !isThere:
		v.add(pack.SignatureName, pack.Difference{Kind: pack.Signature, Where: pack.SignatureName, Have: v.words("署名がない", "there is none")})
		return nil
	}
	sums, err := os.ReadFile(filepath.Join(dir, pack.SumsName))
	if err != nil {
		return fail(exitIntegrity, err)
	}
	if v.flags.allowed == "" {
		v.lacks("誰の署名かは確かめていない（--allowed-signers）", "whose signature it is was not looked at (--allowed-signers)")
		return v.signed(sums, "-Y", "check-novalidate", "-n", signNamespace, "-s", filepath.Join(dir, pack.SignatureName))
	}
	who := v.flags.signer
	if who == "" {
		found, _, err := sshKeygen(nil, "-Y", "find-principals", "-f", v.flags.allowed, "-s", filepath.Join(dir, pack.SignatureName))
		if err != nil {
			return v.notSigned(err, "")
		}
		who, _, _ = strings.Cut(strings.TrimSpace(found), "\n")
	}
	return v.signed(sums, "-Y", "verify", "-n", signNamespace, "-f", v.flags.allowed, "-I", who, "-s", filepath.Join(dir, pack.SignatureName))
}

// signed runs ssh-keygen on the text that was signed.
func (v *verification) signed(text []byte, args ...string) error {
	_, said, err := sshKeygen(text, args...)
	return v.notSigned(err, said)
}

// notSigned says that a signature does not agree, or that nobody could look.
func (v *verification) notSigned(err error, said string) error {
	var exit *exec.ExitError
	switch {
	case err == nil:
	case errors.As(err, &exit):
		v.add(pack.SignatureName, pack.Difference{Kind: pack.Signature, Where: pack.SignatureName, Have: strings.TrimSpace(v.words("この署名は、この目録のものではないか、認められた者のものではない ", "it is not of this manifest, or not of anybody who is allowed ") + said)})
	default:
		v.lacks("署名は確かめていない（ssh-keygen を実行できない）", "the signature was not verified (ssh-keygen cannot be run)")
	}
	return nil
}

func sshKeygen(in []byte, args ...string) (out, said string, err error) {
	cmd := exec.Command("ssh-keygen", args...)
	var stdout, stderr bytes.Buffer
	cmd.Stdin, cmd.Stdout, cmd.Stderr = bytes.NewReader(in), &stdout, &stderr
	err = cmd.Run()
	return stdout.String(), inert(stderr.String()), err
}
