pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Hall

// Digits, one more character where wanted, and a key that takes the last one back.
GridLayout {
    id: pad

    property string extra: ""
    property bool extraEnabled: true
    property bool flat: false

    signal key(string character)
    signal erase()

    columns: flat ? 6 : 3
    columnSpacing: Style.gap * 0.7
    rowSpacing: Style.gap * 0.7
    uniformCellWidths: true

    Repeater {
        model: pad.flat ? ["1", "2", "3", "4", "5", "6", "7", "8", "9", "0"] : ["1", "2", "3", "4", "5", "6", "7", "8", "9"]

        PadKey {
            required property string modelData
            objectName: "key:" + modelData
            text: modelData
            onTaken: pad.key(modelData)
        }
    }
    PadKey {
        objectName: "key:" + pad.extra
        text: pad.extra
        visible: !pad.flat || pad.extra.length > 0
        opacity: pad.extra.length > 0 ? 1 : 0
        enabled: pad.extra.length > 0 && pad.extraEnabled
        onTaken: pad.key(pad.extra)
    }
    PadKey {
        objectName: "key:0"
        visible: !pad.flat
        text: "0"
        onTaken: pad.key("0")
    }
    PadKey {
        objectName: "erase"
        Layout.columnSpan: pad.flat && pad.extra.length === 0 && pad.columns === 6 ? 2 : 1
        text: "←"
        Accessible.name: qsTr("删除")
        onTaken: pad.erase()
    }
}
