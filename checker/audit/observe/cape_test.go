package observe

import (
	"encoding/json"
	"testing"
)

// Two names for one argument give the same one each time.
func TestArgumentsHaveAnOrder(t *testing.T) {
	for range 50 {
		var call sandboxCall
		if err := json.Unmarshal([]byte(`{"arguments":{"regkey":"b","FullName":"a","value":"d","Buffer":"c"}}`), &call); err != nil {
			t.Fatal(err)
		}
		if name, data := call.get("FullName"), call.get("Buffer"); name != "a" || data != "c" {
			t.Fatalf("%s, %s", name, data)
		}
	}
}
