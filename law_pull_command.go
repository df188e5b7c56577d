package main

import "github.com/spf13/cobra"

func (s *session) lawPullCommand() *cobra.Command {
	return &cobra.Command{Use: "pull"}
}
