package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

// openable are the ends of the files that are given to another program: papers, pictures
// and plain text. What could run, evidence of this kind often can.
func openable() []string {
	return []string{".pdf", ".txt", ".csv", ".log", ".md", ".json", ".jsonl", ".toml", ".xml", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".gif", ".bmp", ".mp3", ".mp4"}
}

// openBeside opens an exhibit's file, named from the folder of its report, in the program
// that the system has for it, and does not wait for its end.
func openBeside(report, file string) error {
	root, err := os.OpenRoot(filepath.Dir(report))
	if err != nil {
		return fmt.Errorf("open an exhibit's file: %w", err)
	}
	defer root.Close()
	info, err := root.Stat(file)
	if err != nil {
		return fmt.Errorf("open an exhibit's file: %w", err)
	}
	if !info.Mode().IsRegular() {
		return errors.New(file + " is not a file")
	}
	path, err := filepath.Abs(filepath.Join(filepath.Dir(report), file))
	if err == nil {
		path, err = filepath.EvalSymlinks(path) // the end that counts is that of the file
	}
	if err != nil {
		return fmt.Errorf("open an exhibit's file: %w", err)
	}
	if end := strings.ToLower(filepath.Ext(path)); !slices.Contains(openable(), end) {
		return fmt.Errorf("%s: files of this kind are not opened, for they may run; of a copy, open it yourself", file)
	}
	cmd := opener(runtime.GOOS, path)
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("open %s: %w", file, err)
	}
	go func() { _ = cmd.Wait() }() // else it stays in the table of processes
	return nil
}

// opener is the command by which a system opens a file as a double click does.
func opener(system, path string) *exec.Cmd {
	switch system {
	case "windows":
		return exec.Command("rundll32.exe", "url.dll,FileProtocolHandler", path)
	case "darwin":
		return exec.Command("open", path)
	default:
		return exec.Command("xdg-open", path)
	}
}
