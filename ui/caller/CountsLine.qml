pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Hall

// Today, at this counter.
Rectangle {
    id: line

    required property var view

    implicitHeight: row.implicitHeight + Style.gap
    color: Style.panel

    RowLayout {
        id: row
        anchors.fill: parent
        anchors.margins: Style.tight
        spacing: 0

        Repeater {
            model: [
                { "name": qsTr("今日呼叫"), "count": line.view.called },
                { "name": qsTr("办结"), "count": line.view.served },
                { "name": qsTr("过号"), "count": line.view.missed },
                { "name": qsTr("转出"), "count": line.view.transferred }
            ]

            ColumnLayout {
                id: cell
                required property var modelData

                Layout.fillWidth: true
                Layout.preferredWidth: 1
                spacing: 0

                Numeral {
                    Layout.fillWidth: true
                    Layout.preferredHeight: size * 1.2
                    horizontalAlignment: Text.AlignHCenter
                    text: cell.modelData.count
                    size: Style.lead
                }
                Words {
                    Layout.fillWidth: true
                    horizontalAlignment: Text.AlignHCenter
                    text: cell.modelData.name
                    size: Style.small
                    color: Style.muted
                    wrapMode: Text.NoWrap
                    elide: Text.ElideRight
                }
            }
        }
    }
}
