import QtQuick
import QtQuick.Layouts
import Hall

// Nothing is asked: which hall and counter this is, and who sits here.
Item {
    id: resting

    required property var view

    Rectangle {
        id: head
        width: parent.width
        height: parent.height * 0.24
        color: Style.action

        BothWords {
            anchors.centerIn: parent
            width: parent.width - Style.broad * 2
            first: resting.view.hall.first
            second: resting.view.hall.second
            size: Style.title * 1.1
            smaller: 0.58
            ink: Style.inverse
            centred: true
        }
    }
    ColumnLayout {
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: head.bottom
        anchors.bottom: parent.bottom
        anchors.margins: Style.wide
        spacing: Style.gap

        Numeral {
            Layout.fillWidth: true
            Layout.preferredHeight: size
            horizontalAlignment: Text.AlignHCenter
            text: resting.view.counter
            size: Style.base * 5
            color: Style.actionText
        }
        BothWords {
            Layout.fillWidth: true
            visible: resting.view.counter.length > 0
            zh: "号窗口"
            en: "Counter"
            size: Style.lead
            secondInk: Style.muted
            centred: true
        }
        Item {
            Layout.fillHeight: true
        }
        Initial {
            Layout.alignment: Qt.AlignHCenter
            visible: resting.view.staff.length > 0
            name: resting.view.staff
            size: Style.base * 4.4
        }
        Words {
            Layout.fillWidth: true
            visible: resting.view.staff.length > 0
            text: resting.view.staff
            size: Style.headline
            strong: true
            horizontalAlignment: Text.AlignHCenter
            maximumLineCount: 1
            elide: Text.ElideRight
        }
        Words {
            Layout.fillWidth: true
            visible: resting.view.staff.length > 0
            text: (Style.language === "en" ? "Staff no. " : "工号 ") + resting.view.staff_id
            color: Style.muted
            horizontalAlignment: Text.AlignHCenter
        }
        Item {
            Layout.fillHeight: true
        }
        BothWords {
            Layout.fillWidth: true
            zh: resting.view.staff ? "很高兴为您服务" : "本窗口暂未开放"
            en: resting.view.staff ? "Glad to be of service" : "This counter is closed"
            size: Style.title
            ink: Style.text
            secondInk: Style.muted
            strong: false
            centred: true
        }
    }
}
