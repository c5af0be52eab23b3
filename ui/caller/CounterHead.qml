import QtQuick
import QtQuick.Layouts
import Hall

// Which counter, who sits at it, and the way out.
Rectangle {
    id: head

    required property var view
    readonly property var key: view.keys["sign_out"]
    signal signOutAsked

    implicitHeight: row.implicitHeight + Style.gap
    color: Style.action

    RowLayout {
        id: row
        anchors.fill: parent
        anchors.leftMargin: Style.gap
        anchors.rightMargin: Style.gap
        spacing: Style.gap

        Numeral {
            text: head.view.counter || "–"
            size: Style.headline
            color: Style.inverse
        }
        ColumnLayout {
            Layout.fillWidth: true
            spacing: 0

            Words {
                Layout.fillWidth: true
                text: head.view.name || qsTr("叫号器")
                strong: true
                color: Style.inverse
                maximumLineCount: 1
                elide: Text.ElideRight
            }
            Words {
                Layout.fillWidth: true
                text: head.view.staff || qsTr("未签到")
                size: Style.small
                color: Style.inverse
                maximumLineCount: 1
                elide: Text.ElideRight
            }
        }
        BigButton {
            objectName: "sign_out"
            implicitHeight: Style.target * 0.85
            visible: head.view.staff.length > 0
            enabled: head.key.on
            busy: head.key.busy
            text: qsTr("签退")
            size: Style.small
            onTaken: head.signOutAsked()
        }
    }
}
