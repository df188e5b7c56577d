package source

import "testing"

// FuzzParse looks for a text that makes the package panic, gives a place outside the
// file, or counts a string wrongly.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"", "\ufeff", "{", "[", "a", "a=", "a='", "\"\"\"", "a = 1\r\n", placesText, wellFormed,
		"a = \"\"\"\r\n\\\r\n  x\\\t\n\"\"\"\"\"", "a = '''\n''''", "a.b = {c.d = [1, [2]]}\n[a.e]",
		"[a.b]\n[a]\nc.d=1\n[[a.e]]\n[a.e.f]\n[[a.e]]", "a=[{b=1},{c=2}]\n[[a]]", "a = \"\\xe3\\u3042\\e\"",
		"a = [ # ]\n 1, # ,\n]", "a={b={}}\n[a.b.c]", "\"\" = 1\n'' = 2", "a=1979-05-27 07:32:00Z\nb=07:32",
		`{"a":"\ud83d\ude00\ud83d","":{"b":[1,null,-0.0e-1]}}`, `{"a":1,"a":{"b":2}}`, "\t{ \"\\u0061\" : [ ] } ",
		"[[a]]\n[[a.b]]\n[a.b.c]\n[[a]]\n[a.b]", "重 = 1", "a=\"\xe3\x81", "a=nan\nb=-inf\nc=+0.0",
	} {
		f.Add("a.toml", []byte(seed))
		f.Add("a.json", []byte(seed))
	}
	f.Fuzz(func(t *testing.T, name string, text []byte) {
		limits := Limits{Bytes: 1 << 16, Depth: 12, Nodes: 1000}
		tree, ps := Parse(File{Name: name, Text: text}, limits)
		if (tree == nil) != (len(ps) > 0) {
			t.Fatal("neither read nor refused, or both")
		}
		if tree != nil {
			var dst everything
			ps = tree.Decode(&dst)
			visit(t, tree, tree.root, "")
			steps(t, tree, tree.root)
		}
		for _, p := range ps {
			inside(t, p.Pos, len(text))
			p.Render(40)
			if p.Code == CodeReader {
				t.Fatal(p.Render(80))
			}
		}
	})
}

func inside(t *testing.T, p Pos, size int) {
	t.Helper()
	if p.Line < 1 || p.Col < 1 || p.Offset < 0 || p.Length < 0 || p.Offset+p.Length > size {
		t.Fatalf("%+v is outside a file of %d bytes", p, size)
	}
}

// visit asks for everything in the tree by its path.
func visit(t *testing.T, tree *Tree, n *node, path string) {
	size := len(tree.doc.file.Text)
	inside(t, tree.Key(path), size)
	inside(t, tree.At(path), size)
	for _, at := range []int{-1, 0, 1, 5, 1000} {
		inside(t, tree.Within(path, at, 2), size)
	}
	if found, exact := tree.find(path); found != n || !exact {
		t.Fatalf("%q does not lead to its value", path)
	}
	for _, name := range n.names {
		visit(t, tree, n.kids[name], Join(path, name))
	}
	for i, item := range n.items {
		visit(t, tree, item, Index(path, i))
	}
}
