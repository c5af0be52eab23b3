import QtQuick
import QtQuick.Layouts
import Hall

// A small name over its value.
ColumnLayout {
    id: fact

    property string name: ""
    property string value: ""
    property bool good: false
    property real size: Style.lead

    Layout.fillHeight: false
    Layout.alignment: Qt.AlignTop
    Layout.preferredWidth: 1
    spacing: 0

    Words {
        Layout.fillWidth: true
        text: fact.name
        size: Style.small
        color: Style.muted
    }
    Words {
        Layout.fillWidth: true
        text: (fact.good ? "● " : "") + fact.value
        size: fact.size
        strong: true
        color: fact.good ? Style.doneText : Style.text
        font.features: Style.tabular
    }
}
