package export

import (
	"bytes"
	"flag"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"jobun/checker/export/paper"
	"jobun/rules"
)

var update = flag.Bool("update", false, "make the pictures of pages anew")

// pictures is where the pictures of pages are kept, with the numbers of pages and with
// the fonts that they were made with.
const pictures = "testdata/pictures"

// pictureWidth is how wide a picture is, in pixels: lines of text can be told, and
// letters cannot.
const pictureWidth = 240

// pictured are the papers of which pictures are kept, and which pages of each.
func pictured(t *testing.T) (papers map[string]*paper.Paper, pages map[string][]int) {
	t.Helper()
	res := result(t, rulebook(t, rules.Files), fixtures(t)["../../fixtures/developer-tool-2026/report.toml"])
	finding := ""
	for _, f := range res.Findings {
		if f.Rule.ID == "penal-code/run-on-the-unknowing" {
			finding = f.ID
		}
	}
	if finding == "" {
		t.Fatal("the finding that is pictured is gone")
	}
	papers, pages = map[string]*paper.Paper{}, map[string][]int{}
	for _, c := range []struct {
		kind, lang, geometry string
		pages                []int
	}{
		{KindSummary, "ja", "report", []int{1, 2, 3, 4, 5}},
		{KindSummary, "ja", "court", []int{1, 3, 6}},
		{KindSummary, "en", "report", []int{1, 2, 5, 8}},
		{KindSummary, "en", "court", []int{1, 4}},
		{KindExhibits, "ja", "court", []int{1, 2, 5}},
		{KindExhibits, "en", "report", []int{1}},
		{KindComplaint, "ja", "court", []int{1, 2, 5}},
		{KindQuestions, "ja", "court", []int{1, 2}},
	} {
		o := companionOptions(c.lang)
		o.Geometry, o.Numbering, o.As = c.geometry, "甲", AsVictim
		if c.kind == KindSummary {
			o.Only = []string{finding}
		}
		name := c.kind + "-" + c.geometry + "-" + c.lang
		papers[name], pages[name] = companion(t, res, c.kind, o), c.pages
	}
	// A table that fills its page to the end was followed by a blank one.
	full := result(t, rulebook(t, rules.Files), fixtures(t)["../../fixtures/evidence-to-report/completed.toml"])
	papers["chronology-report-en"] = companion(t, full, KindChronology, companionOptions("en"))
	return papers, pages
}

// TestPictures looks at pages as LibreOffice sets them: none is blank, nothing is in a
// margin, and they look like the pictures that are kept.
//
//	go test ./checker/export -run TestPictures -update     makes the pictures anew
//
// and you look at them. On a machine with other fonts that sets the pages in others, only
// their number is compared, and the test says so.
func TestPictures(t *testing.T) {
	if testing.Short() {
		t.Skip("with -short")
	}
	for _, tool := range []string{"pdftoppm", "pdffonts", "pdfinfo", "fc-list", "fc-match", "soffice"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("NOT TESTED: there is no %s to make pictures of pages with", tool)
		}
	}
	if japanese, _, _ := strings.Cut(ofMachine(t), "\n\n"); japanese == "" {
		t.Skip("NOT TESTED: there is no Japanese font to set pages with")
	}
	papers, pages := pictured(t)
	files := map[string][]byte{}
	for name, p := range papers {
		files[name+".docx"] = inFormat(t, p, paper.DOCXFormat)
	}
	dir := opened(t, "pdf", files)
	seen, made := map[string][]*image.Gray{}, []string{}
	for name := range papers {
		seen[name] = pagesOf(t, filepath.Join(dir, name+".pdf"))
		made = append(made, madeWith(t, filepath.Join(dir, name+".pdf"))...)
		for i, page := range seen[name] {
			if wrong := misplaced(page); wrong != "" {
				t.Errorf("%s, page %d: %s", name, i+1, wrong)
			}
		}
	}
	slices.Sort(made)
	with, machine := strings.Join(slices.Compact(made), "\n")+"\n", ofMachine(t)
	if *update {
		keep(t, seen, pages, map[string]string{"made-with.txt": with, "machine.txt": machine})
		return
	}
	// The same machine that sets a page in another font shows that the paper is another.
	isSame := with == readKept(t, "made-with.txt") || machine == readKept(t, "machine.txt")
	for _, line := range strings.Split(strings.TrimSpace(readKept(t, "pages.txt")), "\n") {
		var name string
		var want int
		if _, err := fmt.Sscan(line, &name, &want); err != nil {
			t.Fatal(err)
		}
		have, room := len(seen[name]), 0
		if !isSame {
			room = max(1, want/5)
		}
		if have < want-room || have > want+room {
			t.Errorf("%s: %d pages, not %d", name, have, want)
		}
	}
	if !isSame {
		t.Skipf("NOT COMPARED WITH THE PICTURES, but for the number of pages: they were made with\n%sand here is\n%s", readKept(t, "made-with.txt"), with)
	}
	for name, numbers := range pages {
		for _, n := range numbers {
			if n > len(seen[name]) {
				continue // the number of pages is wrong, and was said to be
			}
			if wrong := looksOther(readPicture(t, pictureName(name, n)), seen[name][n-1]); wrong != "" {
				t.Errorf("%s, page %d: %s; go test ./checker/export -run TestPictures -update makes the pictures anew, and you look at them", name, n, wrong)
			}
		}
	}
}

func pictureName(paper string, page int) string { return fmt.Sprintf("%s-%02d.png", paper, page) }

// pagesOf makes a picture of every page of a PDF, in sixteen greys.
func pagesOf(t *testing.T, name string) []*image.Gray {
	t.Helper()
	root := strings.TrimSuffix(name, ".pdf")
	if out, err := exec.Command("pdftoppm", "-gray", "-png", "-scale-to-x", fmt.Sprint(pictureWidth), "-scale-to-y", "-1", name, root).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	names, err := filepath.Glob(root + "-*.png") // as many digits in each: they are in order
	if err != nil || len(names) == 0 {
		t.Fatalf("%s has no pages (%v)", name, err)
	}
	var pages []*image.Gray
	for _, name := range names {
		page := readPicture(t, name)
		for i, grey := range page.Pix {
			page.Pix[i] = uint8((int(grey) + 8) / 17 * 17) // of sixteen greys, as pictures are kept
		}
		pages = append(pages, page)
	}
	return pages
}

// madeWith is the program that made a PDF, and the fonts in it.
func madeWith(t *testing.T, name string) []string {
	t.Helper()
	info, err := exec.Command("pdfinfo", name).Output()
	if err != nil {
		t.Fatal(err)
	}
	fonts, err := exec.Command("pdffonts", name).Output()
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for line := range strings.Lines(string(info)) {
		if producer, ok := strings.CutPrefix(line, "Producer:"); ok {
			list = append(list, strings.TrimSpace(producer))
		}
	}
	for i, line := range strings.Split(strings.TrimSpace(string(fonts)), "\n") {
		if _, font, ok := strings.Cut(strings.Fields(line)[0], "+"); ok && i > 1 { // below the head
			list = append(list, font)
		}
	}
	return list
}

// ofMachine is what there is to set pages with: the Japanese fonts, what stands for the
// Latin ones that papers ask for, and the version of LibreOffice.
func ofMachine(t *testing.T) string {
	t.Helper()
	said := func(command string, arguments ...string) string {
		out, err := exec.Command(command, arguments...).Output()
		if err != nil {
			t.Skipf("NOT TESTED: %s: %v", command, err)
		}
		lines := strings.Split(strings.TrimSpace(string(out)), "\n")
		slices.Sort(lines)
		return strings.Join(slices.Compact(lines), "\n")
	}
	list := []string{said("fc-list", ":lang=ja", "family"), ""}
	for _, font := range []string{"Times New Roman", "Arial", "Courier New"} {
		list = append(list, font+": "+said("fc-match", "--format=%{family}", font))
	}
	return strings.Join(append(list, said("soffice", "--version")), "\n") + "\n"
}

// keep writes the pictures and what they are compared by.
func keep(t *testing.T, seen map[string][]*image.Gray, pages map[string][]int, texts map[string]string) {
	t.Helper()
	if err := os.RemoveAll(pictures); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(pictures, 0o755); err != nil {
		t.Fatal(err)
	}
	var greys color.Palette
	for i := range 16 {
		greys = append(greys, color.Gray{Y: uint8(i * 17)})
	}
	write := func(name string, data []byte) {
		if err := os.WriteFile(filepath.Join(pictures, name), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var counts []string
	for name, list := range seen {
		counts = append(counts, fmt.Sprintf("%s %d\n", name, len(list)))
		for _, n := range pages[name] {
			small := image.NewPaletted(list[n-1].Bounds(), greys)
			draw.Draw(small, small.Bounds(), list[n-1], image.Point{}, draw.Src)
			var b bytes.Buffer
			if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&b, small); err != nil {
				t.Fatal(err)
			}
			write(pictureName(name, n), b.Bytes())
		}
	}
	slices.Sort(counts)
	write("pages.txt", []byte(strings.Join(counts, "")))
	for name, text := range texts {
		write(name, []byte(text))
	}
}

func readKept(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(pictures, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// readPicture reads a picture: one that is kept, if only a name is given.
func readPicture(t *testing.T, name string) *image.Gray {
	t.Helper()
	if filepath.Base(name) == name {
		name = filepath.Join(pictures, name)
	}
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	read, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	grey := image.NewGray(read.Bounds())
	draw.Draw(grey, grey.Bounds(), read, image.Point{}, draw.Src)
	return grey
}

// grid is the cells that pages are compared in, and how far the ink of one may differ.
type grid struct {
	across, down int
	tolerance    float64
}

// grids are square cells, which see what is there and what is not; narrow ones, which
// see where the lines of tables stand; and flat ones, which see where lines of text do.
// A pixel is 2.5 points.
func grids() []grid { return []grid{{16, 22, 0.02}, {80, 4, 0.06}, {4, 113, 0.06}} }

// pageTolerance is how far the ink may differ over all cells of a page.
const pageTolerance = 0.003

// ink is how much of a part of a picture is black, from 0 to 1; outside the picture
// nothing is.
func ink(page *image.Gray, in image.Rectangle) float64 {
	black := 0
	inside := in.Intersect(page.Bounds())
	for y := inside.Min.Y; y < inside.Max.Y; y++ {
		for _, grey := range page.Pix[page.PixOffset(inside.Min.X, y):page.PixOffset(inside.Max.X, y)] {
			black += 255 - int(grey)
		}
	}
	return float64(black) / 255 / float64(in.Dx()*in.Dy())
}

// cell is a cell of a page.
func (g grid) cell(page *image.Gray, x, y int) image.Rectangle {
	w, h := page.Bounds().Dx(), page.Bounds().Dy()
	return image.Rect(w*x/g.across, h*y/g.down, w*(x+1)/g.across, h*(y+1)/g.down)
}

// looksOther compares a page with the picture that is kept of it, and says in what they
// differ.
func looksOther(want, have *image.Gray) string {
	if want.Bounds() != have.Bounds() {
		return fmt.Sprintf("it is %v large, not %v", have.Bounds().Size(), want.Bounds().Size())
	}
	for _, g := range grids() {
		worst, at, total := 0.0, image.Point{}, 0.0
		for y := range g.down {
			for x := range g.across {
				by := difference(want, have, g.cell(want, x, y))
				if total += by; by > worst {
					worst, at = by, image.Pt(x+1, y+1)
				}
			}
		}
		if mean := total / float64(g.across*g.down); worst > g.tolerance || mean > pageTolerance {
			return fmt.Sprintf("it looks other: the ink differs by %.4f on average (%.4f may be), most of all by %.3f (%.3f may be) in cell %d of %d across, %d of %d down",
				mean, pageTolerance, worst, g.tolerance, at.X, g.across, at.Y, g.down)
		}
	}
	return ""
}

// difference is how far the ink in a part of a page differs. What lies one pixel away
// lies where it did.
func difference(want, have *image.Gray, part image.Rectangle) float64 {
	least, wanted := 1.0, ink(want, part)
	for x := -1; x <= 1; x++ {
		for y := -1; y <= 1; y++ {
			least = min(least, math.Abs(wanted-ink(have, part.Add(image.Pt(x, y)))))
		}
	}
	return least
}

// misplaced says what is wrong with a page whatever set it: it is blank between head and
// foot, or something is in its margins, of which none is below 14 mm at the sides.
func misplaced(page *image.Gray) string {
	w, h := page.Bounds().Dx(), page.Bounds().Dy()
	side := w * 14 / 210
	if ink(page, image.Rect(0, h/10, w, h*9/10)) < 0.0005 {
		return "it is blank"
	}
	for name, margin := range map[string]image.Rectangle{
		"on the left": image.Rect(0, 0, side, h), "on the right": image.Rect(w-side, 0, w, h), "above": image.Rect(0, 0, w, h/40), "below": image.Rect(0, h*39/40, w, h),
	} {
		if ink(page, margin) > 0 {
			return "there is something in the margin " + name
		}
	}
	return ""
}

// TestPicturesTell changes every picture that is kept. A page that is set one pixel away,
// or a little lighter, is the same; one that has lost or gained something is refused.
func TestPicturesTell(t *testing.T) {
	names, err := filepath.Glob(filepath.Join(pictures, "*.png"))
	if err != nil || len(names) < 15 {
		t.Fatalf("%d pictures are kept (%v)", len(names), err)
	}
	tables := 0
	for _, name := range names {
		page := readPicture(t, filepath.Base(name))
		size := page.Bounds()
		cell := grids()[0].cell(page, 1, 1).Size()
		lineX, lineTop, lineEnd := border(page)
		first, last := bands(page)
		changes := map[string]*image.Gray{
			"one pixel away":   moved(page, size, image.Pt(1, -1)),
			"a little lighter": mapped(page, func(_, _ int, grey uint8) uint8 { return uint8(min(255, int(grey)+5)) }),
			"another size":     image.NewGray(image.Rect(0, 0, size.Dx(), size.Dy()+1)),
			"blank":            filled(page, size, 255),
			"moved by a cell":  moved(page, size, image.Pt(cell.X, 0)),
			"a line more":      moved(page, image.Rect(0, size.Dy()/4, size.Dx(), size.Dy()*9/10), image.Pt(0, size.Dy()/60)),
			"no first line":    filled(page, first, 255),
			"no last line":     filled(page, last, 255),
			"runs over":        filled(page, image.Rect(size.Dx()*9/10, size.Dy()/2, size.Dx(), size.Dy()/2+3), 0),
		}
		if lineEnd-lineTop > size.Dy()/8 {
			tables++
			changes["no border"] = filled(page, image.Rect(lineX, lineTop, lineX+1, lineEnd), 255)
			changes["a column moved"] = moved(page, image.Rect(lineX-cell.X, lineTop, lineX+1, lineEnd), image.Pt(-4, 0))
		}
		for says, changed := range changes {
			isSame := says == "one pixel away" || says == "a little lighter"
			if wrong := looksOther(page, changed); (wrong == "") != isSame {
				t.Errorf("%s, %s: %q", filepath.Base(name), says, wrong)
			}
		}
		if misplaced(page) != "" || misplaced(changes["blank"]) == "" || misplaced(changes["runs over"]) == "" {
			t.Errorf("%s: what is blank or in a margin is not seen, or is seen where it is not", filepath.Base(name))
		}
	}
	if tables < 8 {
		t.Errorf("only %d pages have a table", tables)
	}
}

// mapped changes every pixel of a picture.
func mapped(page *image.Gray, to func(x, y int, grey uint8) uint8) *image.Gray {
	changed := image.NewGray(page.Bounds())
	for y := range page.Bounds().Dy() {
		for x := range page.Bounds().Dx() {
			changed.SetGray(x, y, color.Gray{Y: to(x, y, page.GrayAt(x, y).Y)})
		}
	}
	return changed
}

// filled fills a part of a picture with one grey.
func filled(page *image.Gray, part image.Rectangle, with uint8) *image.Gray {
	return mapped(page, func(x, y int, grey uint8) uint8 {
		if image.Pt(x, y).In(part) {
			return with
		}
		return grey
	})
}

// moved moves what is in a part of a picture, within that part.
func moved(page *image.Gray, part image.Rectangle, by image.Point) *image.Gray {
	return mapped(page, func(x, y int, grey uint8) uint8 {
		from := image.Pt(x, y).Sub(by)
		switch {
		case !image.Pt(x, y).In(part):
			return grey
		case from.In(part):
			return page.GrayAt(from.X, from.Y).Y
		default:
			return 255
		}
	})
}

// border is the longest dark line down a page: the column of pixels, and from where to
// where.
func border(page *image.Gray) (x, top, end int) {
	for column := range page.Bounds().Dx() {
		from := 0
		for y := range page.Bounds().Dy() {
			if page.GrayAt(column, y).Y > 120 {
				from = y + 1
			} else if y+1-from > end-top {
				x, top, end = column, from, y+1
			}
		}
	}
	return x, top, end
}

// bands are the first and the last line of text, or of a table, above the foot of a page.
func bands(page *image.Gray) (first, last image.Rectangle) {
	w, top := page.Bounds().Dx(), -1
	for y := range page.Bounds().Dy() * 9 / 10 {
		isBlank := ink(page, image.Rect(0, y, w, y+1)) == 0
		switch {
		case !isBlank && top < 0:
			top = y
		case isBlank && top >= 0:
			if last = image.Rect(0, top, w, y); first.Empty() {
				first = last
			}
			top = -1
		}
	}
	return first, last
}
