pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Hall

// Tickets held at this counter, then who waits for its services.
Flickable {
    id: list

    required property var view
    signal calledBack(string ticket)

    clip: true
    contentHeight: column.implicitHeight
    boundsBehavior: Flickable.StopAtBounds

    ColumnLayout {
        id: column
        width: list.width
        spacing: 0

        Heading {
            visible: list.view.held.length > 0
            text: qsTr("已挂起 %1").arg(list.view.held.length)
        }
        Repeater {
            model: list.view.held

            RowLayout {
                id: held
                required property var modelData

                Layout.fillWidth: true
                Layout.topMargin: Style.tight
                spacing: Style.gap

                Numeral {
                    text: held.modelData.text
                    size: Style.lead
                }
                Words {
                    Layout.fillWidth: true
                    text: held.modelData.detail
                    size: Style.small
                    color: Style.muted
                    maximumLineCount: 1
                    elide: Text.ElideRight
                }
                BigButton {
                    objectName: "call_back" + held.modelData.id
                    implicitHeight: Style.target * 0.85
                    text: qsTr("回呼")
                    size: Style.small
                    enabled: list.view.keys["call_back"].on
                    busy: list.view.keys["call_back"].busy
                    onTaken: list.calledBack(held.modelData.id)
                }
            }
        }
        Heading {
            Layout.topMargin: Style.gap
            text: qsTr("等候 %1 人").arg(list.view.total)
        }
        Waiter {
            visible: list.view.direct > 0
            name: qsTr("转到本窗口")
            count: list.view.direct
        }
        Repeater {
            model: list.view.queues

            Waiter {
                required property var modelData

                name: modelData.text
                count: modelData.count
                longest: modelData.count > 0 ? qsTr("最久 %1 分").arg(modelData.minutes) : ""
            }
        }
        Heading {
            Layout.topMargin: Style.gap
            visible: list.view.helped.length > 0
            text: qsTr("可支援 %1 人").arg(list.view.helps)
        }
        Repeater {
            model: list.view.helped

            Waiter {
                required property var modelData

                name: modelData.text
                count: modelData.count
                longest: modelData.count > 0 ? qsTr("最久 %1 分").arg(modelData.minutes) : ""
            }
        }
    }
    Rectangle {
        parent: list
        anchors.right: parent.right
        y: list.visibleArea.yPosition * list.height
        width: Style.line
        height: list.visibleArea.heightRatio * list.height
        visible: list.visibleArea.heightRatio < 1
        radius: width / 2
        color: Style.faint
    }
    component Heading: Words {
        Layout.fillWidth: true
        size: Style.small
        strong: true
        color: Style.actionText
    }
    component Waiter: RowLayout {
        id: waiter

        property string name: ""
        property string longest: ""
        property int count: 0

        Layout.fillWidth: true
        spacing: Style.gap

        Words {
            Layout.fillWidth: true
            text: waiter.name
            maximumLineCount: 1
            elide: Text.ElideRight
        }
        Words {
            text: waiter.longest
            size: Style.small
            color: Style.muted
            wrapMode: Text.NoWrap
            font.features: Style.tabular
        }
        Numeral {
            Layout.preferredWidth: Style.base * 2.4
            Layout.rightMargin: Style.gap
            horizontalAlignment: Text.AlignRight
            text: waiter.count
            size: Style.lead
        }
    }
}
