package export

// sarifRead is a log as others read it.
type sarifRead struct {
	Runs []struct {
		Language   string
		ColumnKind string
		Tool       struct {
			Driver struct{ Rules []struct{ ID string } }
		}
		Invocations []struct {
			Notifications []any `json:"toolExecutionNotifications"`
		}
		Artifacts []struct {
			Hashes     map[string]string
			Properties map[string]any
		}
		Taxonomies []struct {
			Name, Version string
			Taxa          []struct{ ID string }
		}
		Results []struct {
			RuleID      string
			RuleIndex   int
			Kind, Level string
			Taxa        []struct {
				ID         string
				Index      int
				Component  struct{ Index int } `json:"toolComponent"`
				Properties map[string]any
			}
			Locations []struct {
				Physical *struct {
					Artifact struct{ Index *int } `json:"artifactLocation"`
					Region   *struct {
						First int `json:"startLine"`
					}
				} `json:"physicalLocation"`
				Properties struct{ Exhibit, Locator string }
			}
			Properties struct {
				Finding  string `json:"finding_id"`
				Decision string
			}
		}
		Properties struct {
			LeftOut int `json:"findings_left_out"`
		}
	}
}
