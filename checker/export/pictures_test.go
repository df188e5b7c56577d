package export

import (
	"bytes"
	"flag"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"jobun/checker"
	"jobun/checker/export/paper"
	"jobun/internal/day"
)

var updatePictures = flag.Bool("update-pictures", false, "write the pictures of the papers anew; look at each")

// The papers that pictures are kept of, made of a case that stays as it is.
var pictured = []struct {
	name, kind, lang, geometry string
}{
	{"summary.ja.report", KindSummary, "ja", "report"},
	{"summary.ja.court", KindSummary, "ja", "court"},
	{"summary.en.report", KindSummary, "en", "report"},
	{"exhibits.ja.court", KindExhibits, "ja", "court"},
	{"chronology.ja.report", KindChronology, "ja", "report"},
	{"questions.ja.report", KindQuestions, "ja", "report"},
	{"complaint.ja.court", KindComplaint, "ja", "court"},
	{"memo.ja.report", KindMemo, "ja", "report"},
}

const pictureWidth = 240 // pixels of a page

// pictureCase is the small case of the terminal program's tests.
func pictureCase(t *testing.T) *checker.Result {
	t.Helper()
	text, err := os.ReadFile("../../tui/testdata/case/report.toml")
	if err != nil {
		t.Fatal(err)
	}
	return result(t, rulebook(t, os.DirFS("../../tui/testdata/case/rules")), text)
}

func picturedPaper(t *testing.T, res *checker.Result, i int) *paper.Paper {
	t.Helper()
	x := pictured[i]
	numbering := "甲"
	if x.kind == KindComplaint {
		numbering = "資料"
	}
	p, err := Make(res, x.kind, CompanionOptions{
		PaperOptions: PaperOptions{Style: Style{Lang: x.lang}, Dated: day.Date{Year: 2026, Month: 11, Day: 24}, Geometry: x.geometry, Numbering: numbering, Tool: "jobun 0"},
		As:           AsVictim, DespiteLimitation: true,
	})
	if err != nil {
		t.Fatalf("%s: %v", x.name, err)
	}
	return p
}

// LibreOffice opens each paper: every passage of its model is in it, and its pages look as the pictures of them that people have looked at.
func TestPictures(t *testing.T) {
	if testing.Short() {
		t.Skip("with -short")
	}
	for _, tool := range []string{"soffice", "pdftoppm", "pdftotext", "pdffonts"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("NOT TESTED: there is no %s to look at the papers with", tool)
		}
	}
	res, dir := pictureCase(t), t.TempDir()
	arguments := []string{"-env:UserInstallation=file://" + dir + "/profile", "--headless", "--convert-to", "pdf", "--outdir", dir}
	for i, x := range pictured {
		var b bytes.Buffer
		if err := picturedPaper(t, res, i).Write(&b, paper.DOCXFormat); err != nil {
			t.Fatal(err)
		}
		name := filepath.Join(dir, x.name+".docx")
		if err := os.WriteFile(name, b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		arguments = append(arguments, name)
	}
	run(t, "soffice", arguments...)
	areFonts := sameFonts(t, dir)
	for i, x := range pictured {
		t.Run(x.name, func(t *testing.T) {
			file := filepath.Join(dir, x.name+".pdf")
			hasWords(t, picturedPaper(t, res, i), string(run(t, "pdftotext", "-raw", file, "-")))
			run(t, "pdftoppm", "-gray", "-png", "-scale-to-x", fmt.Sprint(pictureWidth), "-scale-to-y", "-1", file, filepath.Join(dir, x.name))
			comparePages(t, dir, x.name, areFonts)
		})
	}
}

func run(t *testing.T, name string, arguments ...string) []byte {
	t.Helper()
	out, err := exec.Command(name, arguments...).Output()
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return out
}

// sameFonts reports whether the pages are set in the fonts that the pictures were made
// with. In others lines break elsewhere, and no picture would agree.
func sameFonts(t *testing.T, dir string) bool {
	t.Helper()
	fonts := map[string]bool{}
	for _, x := range pictured {
		lines := strings.Split(string(run(t, "pdffonts", filepath.Join(dir, x.name+".pdf"))), "\n")
		for _, line := range lines[min(2, len(lines)):] {
			if name := strings.Fields(line); len(name) > 0 {
				_, name, _ := strings.Cut(name[0], "+")
				fonts[name] = true
			}
		}
	}
	have := strings.Join(slices.Sorted(maps.Keys(fonts)), "\n") + "\n"
	kept := filepath.Join("testdata", "pictures", "fonts.txt")
	if *updatePictures {
		if err := os.MkdirAll(filepath.Dir(kept), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(kept, []byte(have), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(kept)
	if err != nil {
		t.Fatal(err)
	}
	if have != string(want) {
		t.Logf("NOT COMPARED WITH THE PICTURES: they are set in other fonts than these:\n%s", have)
	}
	return have == string(want)
}

// hasWords checks that each passage of a paper's model is in the text of its pages, whole
// or with the foot of a page in it.
func hasWords(t *testing.T, p *paper.Paper, text string) {
	t.Helper()
	text = bare(text)
	passages := 0
	p.Walk(func(s *paper.Span) {
		for _, word := range strings.FieldsFunc(s.Text, func(r rune) bool { return r == '\n' }) {
			passages++
			// A page may break within a passage, and its foot stands between: so a beginning
			// is looked for, and an end.
			word = bare(word)
			r := []rune(word)
			for _, part := range []string{string(r[:min(12, len(r))]), string(r[max(0, len(r)-12):])} {
				if !strings.Contains(text, part) {
					t.Errorf("the pages do not hold %q of %q", part, s.Text)
				}
			}
		}
	})
	if passages < 20 {
		t.Errorf("only %d passages were looked for", passages)
	}
}

// bare is a text without the spaces and the soft breaks that setting it adds, and without
// signs that are set from another font, which pdftotext puts beside the line.
func bare(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) || r == '✓' || r == '✗' {
			return -1
		}
		return r
	}, text)
}

// comparePages compares the pages of a paper with the pictures of them.
func comparePages(t *testing.T, dir, name string, areFonts bool) {
	t.Helper()
	pages, err := filepath.Glob(filepath.Join(dir, name+"-*.png"))
	if err != nil || len(pages) == 0 {
		t.Fatalf("no pages: %v", err)
	}
	slices.Sort(pages)
	kept, err := filepath.Glob(filepath.Join("testdata", "pictures", name+"-*.png"))
	if err != nil {
		t.Fatal(err)
	}
	if *updatePictures {
		for _, old := range kept {
			if err := os.Remove(old); err != nil {
				t.Fatal(err)
			}
		}
		for i, page := range pages {
			keepPicture(t, readPicture(t, page), filepath.Join("testdata", "pictures", fmt.Sprintf("%s-%02d.png", name, i+1)))
		}
		return
	}
	if !areFonts {
		return
	}
	slices.Sort(kept)
	if len(pages) != len(kept) {
		t.Fatalf("%d pages, and pictures of %d (go test ./checker/export -run Pictures -update-pictures, and look at each)", len(pages), len(kept))
	}
	for i := range pages {
		if why := differs(readPicture(t, pages[i]), readPicture(t, kept[i])); why != "" {
			t.Errorf("page %d does not look like %s: %s", i+1, kept[i], why)
		}
	}
}

func readPicture(t *testing.T, name string) image.Image {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	picture, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	return picture
}

// keepPicture writes a picture in eight greys, which is small.
func keepPicture(t *testing.T, picture image.Image, name string) {
	t.Helper()
	var greys color.Palette
	for i := range 8 {
		greys = append(greys, color.Gray{Y: uint8(i * 255 / 7)})
	}
	small := image.NewPaletted(picture.Bounds(), greys)
	for y := picture.Bounds().Min.Y; y < picture.Bounds().Max.Y; y++ {
		for x := picture.Bounds().Min.X; x < picture.Bounds().Max.X; x++ {
			small.Set(x, y, picture.At(x, y))
		}
	}
	var b bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&b, small); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

// The grid in which pictures are compared: how much ink there is in each of its cells.
const gridWidth, gridHeight = 24, 34

// A cell differs if its ink does by so much of what would make it black. So few cells may
// differ at all: a letter that another version of a font draws bolder does not count.
const cellTolerance, cellsTolerated = 0.05, 3

func ink(picture image.Image) [gridHeight][gridWidth]float64 {
	var sum, count [gridHeight][gridWidth]float64
	b := picture.Bounds()
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			row, column := (y-b.Min.Y)*gridHeight/b.Dy(), (x-b.Min.X)*gridWidth/b.Dx()
			grey, _ := color.GrayModel.Convert(picture.At(x, y)).(color.Gray)
			sum[row][column] += 1 - float64(grey.Y)/255
			count[row][column]++
		}
	}
	for row := range sum {
		for column := range sum[row] {
			sum[row][column] /= max(1, count[row][column])
		}
	}
	return sum
}

// differs says how a page differs from the picture of it; "" if it does not.
func differs(have, want image.Image) string {
	if have.Bounds().Dx() != want.Bounds().Dx() || have.Bounds().Dy() != want.Bounds().Dy() {
		return fmt.Sprintf("it is %v, not %v", have.Bounds().Size(), want.Bounds().Size())
	}
	x, y := ink(have), ink(want)
	var cells []string
	for row := range x {
		for column := range x[row] {
			if d := x[row][column] - y[row][column]; d > cellTolerance || d < -cellTolerance {
				cells = append(cells, fmt.Sprintf("(%d,%d) %+.2f", column, row, d))
			}
		}
	}
	if len(cells) <= cellsTolerated {
		return ""
	}
	return fmt.Sprintf("%d of %d cells: %s", len(cells), gridWidth*gridHeight, strings.Join(cells[:min(8, len(cells))], " "))
}

// What a reader would see is seen: a line that is gone, the frame of a table, text moved
// down by a line or to the side. A page of other greys is not.
func TestPicturesSee(t *testing.T) {
	kept, err := filepath.Glob(filepath.Join("testdata", "pictures", "*.png"))
	if err != nil || len(kept) < len(pictured) {
		t.Fatalf("pictures of %d pages are kept: %v", len(kept), err)
	}
	size := 0
	for _, name := range kept {
		page := readPicture(t, name)
		info, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		size += int(info.Size())
		if why := differs(changed(page, func(x, y int) color.Color { return lighter(page.At(x, y)) }), page); why != "" {
			t.Errorf("%s: printed a little lighter it differs: %s", name, why)
		}
		top := firstInk(page)
		alterations := map[string]func(x, y int) color.Color{
			"moved down":  func(x, y int) color.Color { return page.At(x, y-6) },
			"moved aside": func(x, y int) color.Color { return page.At(x-8, y) },
			"a line is gone": func(x, y int) color.Color {
				if y >= top && y < top+8 {
					return color.White
				}
				return page.At(x, y)
			},
			"blank": func(int, int) color.Color { return color.White },
		}
		for what, alter := range alterations {
			if differs(changed(page, alter), page) == "" && !isNearlyBlank(page) {
				t.Errorf("%s: %s, and it is not seen", name, what)
			}
		}
	}
	if size > 1<<20 {
		t.Errorf("the pictures take %d bytes", size)
	}
}

func changed(page image.Image, at func(x, y int) color.Color) image.Image {
	out := image.NewGray(page.Bounds())
	for y := out.Rect.Min.Y; y < out.Rect.Max.Y; y++ {
		for x := out.Rect.Min.X; x < out.Rect.Max.X; x++ {
			out.Set(x, y, color.White)
			if c := at(x, y); c != nil {
				out.Set(x, y, c)
			}
		}
	}
	return out
}

func lighter(c color.Color) color.Color {
	grey, _ := color.GrayModel.Convert(c).(color.Gray)
	return color.Gray{Y: uint8(min(255, int(grey.Y)+int(255-grey.Y)/10))}
}

// firstInk is the first row of the body of a page that has ink in half of its width.
func firstInk(page image.Image) int {
	b := page.Bounds()
	best, most := b.Min.Y, 0.0
	for y := b.Min.Y; y < b.Max.Y-8; y++ {
		sum := 0.0
		for dy := range 8 {
			for x := b.Min.X; x < b.Max.X; x++ {
				grey, _ := color.GrayModel.Convert(page.At(x, y+dy)).(color.Gray)
				sum += 1 - float64(grey.Y)/255
			}
		}
		if sum > most {
			best, most = y, sum
		}
	}
	return best
}

func isNearlyBlank(page image.Image) bool {
	sum := 0.0
	for _, row := range ink(page) {
		for _, cell := range row {
			sum += cell
		}
	}
	return sum < 4
}
