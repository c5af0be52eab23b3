import QtQuick

// Running text as large as its width and `room` (pixels of height) allow: between `most` and `least`,
// in at most `lines`. It takes more lines rather than less than `least`.
Words {
    id: words

    property real most: Style.title
    property real least: Style.small
    property int lines: 2
    property real room: Number.POSITIVE_INFINITY
    // Pixels of one line at `most`.
    readonly property real natural: whole.advanceWidth

    function fitting(): real {
        if (natural <= 0 || width <= 0)
            return most;
        for (let tried = most; tried > least; tried -= 2) {
            const long = natural * tried / most;
            // A broken line may leave one character empty, or half of a long word.
            const lost = longest.text.length > 0 ? longest.advanceWidth * tried / most * 0.45 : tried;
            const needed = long <= width - 2 ? 1 : Math.max(2, Math.ceil(long / (width - lost)));
            if (needed <= lines && needed * Math.round(tried * Style.lineSpacing) <= room + 1
                    && longest.advanceWidth * tried / most <= width - 2)
                return tried;
        }
        return least;
    }

    // One line reads better than two that are little larger.
    function fitted(): real {
        const broken = fitting();
        const single = most * (width - 2) / Math.max(1, natural);
        return single < broken && single >= Math.max(least, broken * 0.7)
            && single * Style.lineSpacing <= room ? single : broken;
    }

    size: fitted()
    wrapMode: Text.WordWrap

    TextMetrics {
        id: whole
        text: words.text
        font.family: Style.family
        font.pixelSize: Math.max(1, words.most)
        font.bold: words.strong
    }
    TextMetrics {
        id: longest
        text: /[\u4e00-\u9fff]/.test(words.text) ? "" : words.text.split(/[ -]/).reduce((a, b) => b.length > a.length ? b : a, "")
        font: whole.font
    }
}
