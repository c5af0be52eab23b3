import QtQuick
import QtQuick.Layouts

// One text in two languages: the screen's own first, the other small below, or beside it `inRow`.
GridLayout {
    id: pair

    // Fixed words are given as `zh` and `en`; others as `first` and `second` of the view.
    property string zh: ""
    property string en: ""
    property string first: Style.language === "en" ? en : zh
    property string second: Style.language === "en" ? zh : en
    property real size: Style.body
    property real smaller: 0.62
    property color ink: Style.text
    property color secondInk: ink
    property bool strong: true
    property bool centred: false
    property bool inRow: false
    property int lines: 2
    property int secondLines: lines

    columns: inRow ? 2 : 1
    columnSpacing: size * 0.5
    rowSpacing: 0

    Words {
        Layout.fillWidth: !pair.inRow
        Layout.alignment: Qt.AlignBaseline
        text: pair.first
        size: pair.size
        strong: pair.strong
        color: pair.ink
        wrapMode: pair.inRow ? Text.NoWrap : Text.Wrap
        maximumLineCount: pair.inRow ? 1 : pair.lines
        elide: Text.ElideRight
        horizontalAlignment: pair.centred ? Text.AlignHCenter : Text.AlignLeft
    }
    Words {
        Layout.fillWidth: true
        Layout.alignment: Qt.AlignBaseline
        visible: pair.second.length > 0
        text: pair.second
        size: pair.size * pair.smaller
        color: pair.secondInk
        wrapMode: pair.inRow ? Text.NoWrap : Text.Wrap
        maximumLineCount: pair.inRow ? 1 : pair.secondLines
        elide: Text.ElideRight
        horizontalAlignment: pair.centred ? Text.AlignHCenter : Text.AlignLeft
    }
}
