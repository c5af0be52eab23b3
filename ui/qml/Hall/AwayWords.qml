import QtQml

// What a bilingual screen says while the server is away; `line` is the view's.
QtObject {
    id: away

    required property var line
    readonly property bool english: Style.language === "en"
    readonly property string zh: line.waiting_for ? "○ 正在连接服务器" : "○ 数据截至 " + line.as_of + "，与服务器断开，正在重连"
    readonly property string en: line.waiting_for ? "Connecting to the server" : "As of " + line.as_of + "; the server is away"
    readonly property string first: line.reason.first || (english ? en : zh)
    readonly property string second: line.reason.first ? line.reason.second : english ? zh : en
}
