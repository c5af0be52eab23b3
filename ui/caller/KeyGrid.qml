pragma ComponentBehavior: Bound
import QtQuick
import Hall

// The other keys, three or two in a row. The one most likely next is filled.
Item {
    id: grid

    required property var view
    required property var keys
    readonly property bool paused: view.keys["resume"].on || view.keys["resume"].busy
    readonly property var all: [
        { "name": "recall", "text": qsTr("重呼"), "key": "F11" },
        { "name": "start", "text": qsTr("开始办理"), "key": "F9", "hidden": !view.distinct },
        { "name": "end", "text": view.ticket.following ? qsTr("办结本步") : qsTr("办结"), "key": "F10" },
        { "name": "no_show", "text": qsTr("弃号"), "key": "F4", "opens": true },
        { "name": "hold", "text": qsTr("挂起"), "key": "F7" },
        { "name": "transfer", "text": qsTr("转移"), "key": "F6", "opens": true },
        { "name": "rating", "text": qsTr("请评价"), "key": "F8" },
        { "name": paused ? "resume" : "pause", "text": paused ? qsTr("恢复服务") : qsTr("暂停"), "key": "F5", "opens": !paused },
        { "name": "walk_in", "text": qsTr("直办"), "key": "F3", "opens": true },
        { "name": "return", "text": qsTr("复号"), "key": "F2", "opens": true },
        { "name": "call_this", "text": qsTr("呼叫指定"), "key": "F1", "opens": true }
    ]
    readonly property string next: view.keys["start"].on ? "start" : view.keys["end"].on ? "end" : paused ? "resume" : ""
    signal opened(string name)

    function press(name: string) {
        const act = {
            "recall": keys.recall, "start": keys.start, "end": keys.end, "hold": keys.hold,
            "rating": keys.rating, "resume": keys.resume
        }[name];
        act();
    }

    // The last keys stand two in a row where threes would leave one alone.
    readonly property var shown: all.filter(k => !k.hidden)
    readonly property int inPairs: shown.length % 3 === 0 ? 0 : shown.length % 3 === 2 ? 2 : 4

    readonly property real high: Style.target * 1.15

    implicitHeight: Math.ceil(shown.length / 3) * (high + Style.tight) - Style.tight

    Repeater {
        model: grid.shown

        BigButton {
            required property var modelData
            required property int index

            objectName: modelData.name
            readonly property int threes: grid.shown.length - grid.inPairs
            readonly property int across: index < threes ? 3 : 2
            readonly property int place: index < threes ? index : index - threes
            width: Math.floor((grid.width - (across - 1) * Style.tight) / across)
            height: grid.high
            x: Math.round((place % across) * (width + Style.tight))
            y: (Math.floor(place / across) + (index < threes ? 0 : threes / 3)) * (height + Style.tight)
            padding: Style.tight
            kind: modelData.name === grid.next ? "primary" : "plain"
            text: modelData.text
            detail: modelData.key
            size: Style.body * 0.95
            enabled: grid.view.keys[modelData.name].on
            busy: grid.view.keys[modelData.name].busy
            onTaken: modelData.opens ? grid.opened(modelData.name) : grid.press(modelData.name)
        }
    }
}
