import QtQuick
import QtQuick.Layouts

// Says since when the server is away. Takes no room while all is well.
Rectangle {
    id: bar

    property string asOf: ""
    property string reason: ""
    property bool connecting: false
    property real size: Style.body
    readonly property bool away: asOf.length > 0 || connecting || reason.length > 0

    visible: away
    implicitWidth: row.implicitWidth + Style.space * 2
    implicitHeight: away ? row.implicitHeight + Style.gap : 0
    color: Style.wrongTint
    Accessible.role: Accessible.AlertMessage
    Accessible.name: label.text

    RowLayout {
        id: row
        anchors.centerIn: parent
        width: Math.min(implicitWidth, bar.width - Style.space)
        spacing: Style.gap

        Rectangle {
            Layout.preferredWidth: bar.size * 0.6
            Layout.preferredHeight: bar.size * 0.6
            radius: width / 2
            color: "transparent"
            border.width: Style.line
            border.color: Style.wrongText
        }
        Words {
            id: label
            Layout.fillWidth: true
            text: bar.reason.length > 0 ? bar.reason
                : bar.asOf.length > 0 ? qsTr("数据截至 %1 · 与服务器断开，正在重连").arg(bar.asOf)
                : qsTr("正在连接服务器")
            size: bar.size
            strong: true
            color: Style.wrongText
        }
    }
}
