package listing

import "testing"

func TestIsPerUser(t *testing.T) {
	for name, want := range map[string]bool{
		"CDPUserSvc_3e7": true, "OneSyncSvc_1a2b3c": true, "cbdhsvc_ffffffff": true,
		"CDPUserSvc": false, "_3e7": false, "CDPUserSvc_3E7": false, "agent_01": false, "agent_0123456789": false,
	} {
		if have := IsPerUser(name); have != want {
			t.Errorf("%s: %t", name, have)
		}
	}
}
