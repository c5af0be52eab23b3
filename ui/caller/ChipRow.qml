pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Hall

// Choices in rows of equal width, of which exactly one is chosen. `choices` have id and text.
GridLayout {
    id: row

    property var choices: []
    property string chosen: ""
    property int across: 3

    columns: across
    uniformCellWidths: true
    columnSpacing: Style.tight
    rowSpacing: Style.tight

    Repeater {
        model: row.choices

        Chip {
            required property var modelData

            objectName: "chip_" + modelData.id
            Layout.fillWidth: true
            Layout.preferredHeight: Style.target
            padding: Style.tight
            text: modelData.text
            size: Style.body * 0.95
            checkable: false
            checked: row.chosen === modelData.id
            onClicked: row.chosen = modelData.id
        }
    }
}
