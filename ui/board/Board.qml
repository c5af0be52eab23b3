pragma ComponentBehavior: Bound
import QtQuick
import Hall

// The hall's board. Left: the newest call, then the last ones. Right: hall and clock, then who waits.
Window {
    id: board

    required property var view
    readonly property real side: width * 0.29
    readonly property real top: (height - notice.height) * (moved.visible ? 0.36 : 0.4)
    readonly property real unit: Math.min(width / 1920, height / 1080) * 30

    visible: true
    width: 1920
    height: 1080
    title: qsTr("综合屏")
    color: Style.panel

    Binding {
        target: Style
        property: "base"
        value: board.unit
    }
    Binding {
        target: Style
        property: "language"
        value: board.view.language
    }

    NewestCall {
        id: newest
        x: Style.gap
        y: Style.gap
        width: board.width - board.side - Style.gap * 3
        height: board.top
        call: board.view.newest
        open: board.view.open
    }
    MovedStrip {
        id: moved
        anchors.left: newest.left
        anchors.right: newest.right
        anchors.top: newest.bottom
        anchors.topMargin: visible ? Style.gap : 0
        height: visible ? Style.base * 3.3 : 0
        visible: board.view.moved.length > 0
        moved: board.view.moved
    }
    LastCalls {
        anchors.left: newest.left
        anchors.right: newest.right
        anchors.top: moved.bottom
        anchors.bottom: notice.top
        anchors.topMargin: Style.gap
        anchors.bottomMargin: Style.gap
        calls: board.view.last
    }
    HallPanel {
        id: hall
        anchors.left: newest.right
        anchors.leftMargin: Style.gap
        y: newest.y
        width: board.side
        height: (board.height - notice.height) * 0.4
        view: board.view
    }
    WaitingPanel {
        anchors.left: hall.left
        anchors.right: hall.right
        anchors.top: hall.bottom
        anchors.bottom: notice.top
        anchors.topMargin: Style.gap
        anchors.bottomMargin: Style.gap
        view: board.view
    }
    NoticeLine {
        id: notice
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        height: Style.base * 2.2
        view: board.view
    }
}
