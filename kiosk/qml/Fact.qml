import QtQuick
import QtQuick.Layouts
import Hall

// A small name over its value, or before it on one line.
GridLayout {
    id: fact

    property string name: ""
    property string value: ""
    property bool good: false
    property bool inline: false
    property real size: Style.lead

    Layout.fillHeight: false
    Layout.alignment: Qt.AlignTop
    Layout.preferredWidth: 1
    columns: inline ? 2 : 1
    columnSpacing: Style.gap
    rowSpacing: 0

    Words {
        Layout.fillWidth: !fact.inline
        Layout.alignment: Qt.AlignBaseline
        text: fact.name
        size: Style.small
        color: Style.muted
    }
    Words {
        Layout.fillWidth: true
        Layout.alignment: Qt.AlignBaseline
        text: (fact.good ? "● " : "") + fact.value
        size: fact.size
        strong: true
        wrapMode: Text.WordWrap
        color: fact.good ? Style.doneText : Style.text
        font.features: Style.tabular
    }
}
