import QtQuick
import Hall

// A small name over its value.
Column {
    id: fact

    property string name: ""
    property string value: ""
    property bool good: false
    property real size: Style.lead

    spacing: 0

    Words {
        width: parent.width
        text: fact.name
        size: Style.small
        lineHeight: 1.2
        color: Style.muted
    }
    Words {
        width: parent.width
        text: (fact.good ? "● " : "") + fact.value
        size: fact.size
        strong: true
        lineHeight: 1.2
        color: fact.good ? Style.doneText : Style.text
        font.features: Style.tabular
    }
}
