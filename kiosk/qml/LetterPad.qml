pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Hall

// Letters for a search: nine telephone keys, or all twenty-six.
ColumnLayout {
    id: pad

    property bool short: false
    property bool tight: false
    property bool whole: false
    readonly property var nine: [["2", "ABC"], ["3", "DEF"], ["4", "GHI"], ["5", "JKL"], ["6", "MNO"], ["7", "PQRS"], ["8", "TUV"], ["9", "WXYZ"]]
    readonly property var letters: "ABCDEFGHIJKLMNOPQRSTUVWXYZ".split("")

    signal key(string character)
    signal erase()

    spacing: Style.gap * 0.7

    GridLayout {
        Layout.fillWidth: true
        Layout.fillHeight: true
        columns: pad.whole ? (pad.short && pad.width > Style.base * 36 ? 14 : 7) : pad.short ? 5 : 3
        columnSpacing: Style.gap * 0.5
        rowSpacing: Style.gap * 0.5
        uniformCellWidths: true

        Repeater {
            model: pad.whole ? pad.letters.length : pad.nine.length

            PadKey {
                required property int index
                objectName: "key:" + typed
                readonly property string typed: pad.whole ? pad.letters[index].toLowerCase() : pad.nine[index][0]
                text: pad.whole ? pad.letters[index] : pad.nine[index][1]
                hint: pad.whole || pad.short ? "" : pad.nine[index][0]
                onTaken: pad.key(typed)
            }
        }
        PadKey {
            objectName: "erase"
            text: "←"
            Accessible.name: qsTr("删除")
            onTaken: pad.erase()
        }
        PadKey {
            objectName: "other_pad"
            visible: pad.whole || pad.short
            Layout.columnSpan: pad.whole && !(pad.short && pad.width > Style.base * 36) ? 1 : 1
            text: pad.whole ? "九宫" : "A–Z"
            onTaken: pad.whole = !pad.whole
        }
    }
    BigButton {
        objectName: "whole_pad"
        Layout.fillWidth: true
        visible: !pad.whole && !pad.short && !pad.tight
        text: qsTr("换成 26 个字母")
        onTaken: pad.whole = true
    }
}
