pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Hall

// The steps of a visit: done, now and to come, with where each is done. As many as there is room
// for, the one at hand always among them. Large type has room for the next one only.
Item {
    id: list

    required property var steps
    required property bool serving
    property bool large: false
    property bool narrow: false
    readonly property real least: Style.body * 3.1
    readonly property int rows: Math.max(1, Math.min(steps.length, Math.floor(height / least)))
    readonly property int now: Math.max(0, steps.findIndex(step => step.state === "now"))
    readonly property int first: Math.max(0, Math.min(now - (rows > 2 ? 1 : 0), steps.length - rows))
    readonly property real high: Math.min(height / rows, Style.body * 4.6)
    readonly property bool long: steps.some(step => step.name.length > 20)
    readonly property var following: steps.find(step => step.state === "next")

    Rectangle {
        anchors.fill: parent
        visible: list.large
        radius: Style.radius
        color: Style.actionTint

        Words {
            objectName: "following"
            anchors.fill: parent
            anchors.margins: Style.gap
            verticalAlignment: Text.AlignVCenter
            text: !list.following ? qsTr("这是最后一步") : qsTr("下一步：%1").arg(list.following.name)
            size: Style.small
            strong: true
            color: Style.actionText
        }
    }
    Repeater {
        model: list.large ? [] : list.steps.slice(list.first, list.first + list.rows)

        Rectangle {
            id: row
            required property var modelData
            required property int index
            readonly property bool isNow: modelData.state === "now"
            readonly property bool isDone: modelData.state === "done"

            y: index * list.high
            width: list.width
            height: list.high - Style.tight
            radius: Style.radius
            color: isNow ? Style.actionTint : Style.panel

            RowLayout {
                anchors.fill: parent
                anchors.leftMargin: Style.gap
                anchors.rightMargin: Style.gap
                spacing: Style.gap

                Words {
                    Layout.preferredWidth: Style.body * 1.2
                    text: row.isDone ? "✓" : row.modelData.number
                    size: Style.body
                    strong: true
                    horizontalAlignment: Text.AlignHCenter
                    color: row.isDone ? Style.doneText : row.isNow ? Style.actionText : Style.text
                }
                ColumnLayout {
                    Layout.fillWidth: true
                    spacing: 0

                    Words {
                        Layout.fillWidth: true
                        text: row.modelData.name
                        size: list.narrow || list.long ? Style.small : Style.body
                        strong: !row.isDone
                        color: row.isDone ? Style.muted : Style.text
                        wrapMode: Text.NoWrap
                        elide: Text.ElideRight
                    }
                    Words {
                        Layout.fillWidth: true
                        visible: text.length > 0
                        text: row.modelData.place
                        size: Style.small
                        color: Style.muted
                        wrapMode: Text.NoWrap
                        elide: Text.ElideRight
                    }
                }
                Words {
                    visible: text.length > 0 && !list.narrow
                    text: row.isDone ? qsTr("已办") : !row.isNow ? "" : list.serving ? qsTr("办理中") : qsTr("等候中")
                    size: Style.small
                    strong: true
                    wrapMode: Text.NoWrap
                    color: row.isDone ? Style.doneText : Style.actionText
                }
            }
        }
    }
}
