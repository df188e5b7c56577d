package observe

import (
	"fmt"
	"strings"
	"testing"
)

// Only what a tool is certain to read in its command is asked for.
func TestAsks(t *testing.T) {
	for _, c := range []struct{ image, line, want string }{
		{"net.exe", `net user bob alice /add`, "account.create bob"},
		{"net.exe", `NET  USER "Bob Smith" * /ADD /comment:"for alice" /active:no`, "account.create bob smith"},
		{"net1.exe", `C:\Windows\system32\net1 user /add bob$ pw`, "account.create bob$"},
		{"net.exe", `net user bob /del`, "account.delete bob"},
		{"net.exe", `net user bob`, ""},
		{"net.exe", `net user bob /active:no`, ""},
		{"net.exe", `net user bob pw third /add`, ""},
		{"net.exe", `net user %name% pw /add`, ""},
		{"net.exe", `net user $name pw /add`, ""},
		{"net.exe", `net user a pw /add & net user b pw /add`, ""},
		{"net.exe", `net group staff bob /add`, ""},
		{"net.exe", `net localgroup staff /add`, ""},
		{"net.exe", `net localgroup Administrators bob /add /comment:"ks-maint"`, "group.add bob administrators"},
		{"net.exe", `net localgroup "Remote Desktop Users" PC\bob alice /add`, "group.add pc\\bob remote desktop users, group.add alice remote desktop users"},
		{"net.exe", `net localgroup Administrators bob /delete`, "group.remove bob administrators"},
		{"cmd.exe", `cmd.exe /c net user bob pw /add`, ""},
		{"cmd.exe", `cmd.exe /c echo net user alice NewPw /add > C:\dl\manual.txt`, ""},
		{"evil.exe", `net user bob pw /add`, ""},
		{"net.exe", `evil.exe user bob pw /add`, ""},
		{"sc.exe", `sc create KsSvc binPath= "C:\ks\a.exe" depend= Spooler`, "service.create kssvc"},
		{"sc.exe", `sc config KsSvc start= auto`, ""},
		{"sc.exe", `sc query type= create`, ""},
		{"schtasks.exe", `schtasks /create /f /tn "\Maker\Job" /tr "C:\a b.exe /s x" /sc daily`, "task.create maker\\job"},
		{"schtasks.exe", `schtasks /delete /tn job`, ""},
		{"schtasks.exe", `schtasks /create /tr "/tn other" /tn job`, "task.create job"},
		{"netsh.exe", `netsh advfirewall firewall add rule name=KS dir=in action=block`, "firewall_rule.create ks"},
		{"netsh.exe", `netsh advfirewall firewall add rule dir=in name="K S" program="C:\a.exe"`, "firewall_rule.create k s"},
		{"netsh.exe", `netsh -r other advfirewall firewall add rule name=KS`, ""},
		{"netsh.exe", `netsh advfirewall firewall show rule name=KS`, ""},
		{"powershell.exe", `powershell -NoProfile -ExecutionPolicy Bypass -Command "New-LocalUser -Name 'bob' -Password (ConvertTo-SecureString 'x' -AsPlainText -Force)"`, "account.create bob"},
		{"powershell.exe", `powershell New-LocalUser bob -NoPassword`, "account.create bob"},
		{"powershell.exe", `powershell New-LocalUser -NoPassword bob`, ""},
		{"powershell.exe", `powershell New-LocalUser bob -WhatIf`, ""},
		{"powershell.exe", `powershell -Command "New-LocalUser bob; Remove-Item x"`, ""},
		{"powershell.exe", `powershell -Command "New-LocalUser $name"`, ""},
		{"powershell.exe", `powershell -Command "'bob' | New-LocalUser"`, ""},
		{"powershell.exe", `powershell -Command "if (0) { New-LocalUser bob }"`, ""},
		{"powershell.exe", `powershell -Command "Write-Host New-LocalUser bob"`, ""},
		{"powershell.exe", `powershell -File New-LocalUser bob`, ""},
		{"pwsh.exe", `pwsh New-LocalUser bob`, ""},
		{"pwsh.exe", `pwsh -c New-LocalUser bob`, "account.create bob"},
		{"powershell.exe", `powershell Remove-LocalUser -Name bob`, "account.delete bob"},
		{"powershell.exe", `powershell Add-LocalGroupMember -Group Administrators -Member bob,alice`, "group.add bob administrators, group.add alice administrators"},
		{"powershell.exe", `powershell Add-LocalGroupMember Administrators bob`, "group.add bob administrators"},
		{"powershell.exe", `powershell Remove-LocalGroupMember -Member bob Administrators`, "group.remove bob administrators"},
		{"powershell.exe", `powershell New-Service -Name svc -BinaryPathName C:\a.exe -DependsOn bob`, "service.create svc"},
		{"powershell.exe", `powershell Register-ScheduledTask -TaskPath \Maker\ -TaskName Job -Xml x`, "task.create maker\\job"},
		{"powershell.exe", `powershell New-NetFirewallRule -DisplayName "'K S'" -Direction Inbound`, "firewall_rule.create k s"},
		{"powershell.exe", `powershell New-NetFirewallRule -Name KS -Direction Inbound`, ""},
	} {
		var have []string
		for _, a := range asks(`C:\Windows\System32\`+c.image, c.line) {
			if a.domain != "" {
				a.domain += `\`
			}
			have = append(have, strings.TrimSpace(fmt.Sprintf("%s %s%s %s", a.action, a.domain, a.name, a.group)))
		}
		if got := strings.Join(have, ", "); got != c.want {
			t.Errorf("%s: %q, want %q", c.line, got, c.want)
		}
	}
}

// A command line is taken apart as Windows does it.
func TestArgv(t *testing.T) {
	for line, want := range map[string]string{
		`a b	c`:                  `a|b|c`,
		`"C:\a b\c.exe" "d e"f`:  `C:\a b\c.exe|d ef`,
		`"C:\a\" x`:              `C:\a\|x`,
		`a "b\"c" d\\"e f"`:      `a|b"c|d\e f`,
		`a \\server\x "" "y""z"`: `a|\\server\x||y"z`,
		` a `:                    `a`,
	} {
		if have := strings.Join(argv(line), "|"); have != want {
			t.Errorf("%s: %q, want %q", line, have, want)
		}
	}
}
